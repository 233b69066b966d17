package io.jmigrate.pages.frozen;

import java.util.Optional;

/** Consecutive bytes of a pages file that are in one place. */
sealed interface Piece {
    long bytes();

    /** This piece and what follows it as one, if they are one. */
    Optional<Piece> joined(Piece next);

    /** What CRIU has written, from an offset in its file. */
    record Written(long offset, long bytes) implements Piece {
        @Override
        public Optional<Piece> joined(Piece next) {
            return next instanceof Written(long start, long more) && start == offset + bytes
                    ? Optional.of(new Written(offset, bytes + more))
                    : Optional.empty();
        }
    }

    /** What is still in the process, from an address. */
    record InProcess(long address, long bytes) implements Piece {
        @Override
        public Optional<Piece> joined(Piece next) {
            return next instanceof InProcess(long start, long more) && start == address + bytes
                    ? Optional.of(new InProcess(address, bytes + more))
                    : Optional.empty();
        }
    }
}
