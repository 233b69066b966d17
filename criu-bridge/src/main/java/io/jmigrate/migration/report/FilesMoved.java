package io.jmigrate.migration.report;

/**
 * What was sent of a tree of files so far.
 *
 * @param wholeBytes content of files that the peer did not have, or that are small
 * @param blockBytes content of blocks that have changed in files that the peer had
 * @param removed names that exist no more
 */
public record FilesMoved(long wholeBytes, long blockBytes, long removed) {
    public static final FilesMoved NONE = new FilesMoved(0, 0, 0);

    /** Content of both kinds. */
    public long bytes() {
        return wholeBytes + blockBytes;
    }

    /** More of a file that goes whole. */
    public FilesMoved whole(long more) {
        return new FilesMoved(wholeBytes + more, blockBytes, removed);
    }

    /** More of blocks that have changed. */
    public FilesMoved block(long more) {
        return new FilesMoved(wholeBytes, blockBytes + more, removed);
    }

    /** Both together. */
    public FilesMoved plus(FilesMoved other) {
        return new FilesMoved(wholeBytes + other.wholeBytes, blockBytes + other.blockBytes, removed + other.removed);
    }

    /** One more name is gone. */
    public FilesMoved oneRemoved() {
        return new FilesMoved(wholeBytes, blockBytes, removed + 1);
    }
}
