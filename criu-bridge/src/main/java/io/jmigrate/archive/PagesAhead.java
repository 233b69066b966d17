package io.jmigrate.archive;

import io.jmigrate.pages.frozen.PagesSource;
import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads a pages file from front to back on a thread of its own, a few pieces ahead of who packs them. */
final class PagesAhead implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES = 4;

    private final PagesSource source;
    private final Arena memory = Arena.ofShared();
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<Read> ready = new ArrayBlockingQueue<>(PIECES + 1);
    private final Thread reader;
    private Optional<ByteBuffer> handedOut = Optional.empty();

    PagesAhead(PagesSource source) {
        this.source = source;
        for (int i = 0; i < PIECES; i++) {
            free.add(PageBuffer.allocate(memory, PIECE_BYTES));
        }
        reader = Thread.ofPlatform().name("archive-reader").daemon().start(this::readAll);
    }

    /** What the reader hands over. */
    private sealed interface Read {
        /** From its position to its limit. */
        record Piece(ByteBuffer bytes) implements Read {}

        record End() implements Read {}

        record Failed(Throwable cause) implements Read {}
    }

    private void readAll() {
        try {
            for (long at = 0; at < source.bytes(); ) {
                ByteBuffer piece = free.take();
                piece.clear().limit((int) Math.min(PIECE_BYTES, source.bytes() - at));
                source.read(at, piece);
                at += piece.limit();
                ready.put(new Read.Piece(piece.flip()));
            }
            ready.put(new Read.End());
        } catch (InterruptedException e) {
            // nobody waits for it any more
        } catch (RuntimeException | Error e) { // of any kind: the container stands still as long as somebody waits
            ready.add(new Read.Failed(e)); // one of the pieces is not in the queue
        }
    }

    /**
     * The next piece, good until it is asked for another.
     *
     * @return empty behind the last
     */
    Optional<ByteBuffer> next() throws IOException {
        handedOut.ifPresent(free::add);
        try {
            handedOut = switch (ready.take()) {
                case Read.Piece(ByteBuffer bytes) -> Optional.of(bytes);
                case Read.End _ -> Optional.empty();
                case Read.Failed(RuntimeException cause) -> throw cause;
                case Read.Failed(Throwable cause) ->
                    throw new IllegalStateException("reading " + source.name() + " failed", cause);
            };
            return handedOut;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + source.name());
        }
    }

    /** Waits until nothing is read any more: the source may be closed then. */
    @Override
    public void close() {
        boolean interrupted = false;
        reader.interrupt();
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        memory.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
