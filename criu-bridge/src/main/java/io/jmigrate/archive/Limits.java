package io.jmigrate.archive;

/**
 * What an import accepts.
 *
 * @param members most members in the archive
 * @param memberBytes most content bytes in one member
 * @param totalBytes most content bytes in all members
 * @param documentBytes most bytes in a JSON document or log
 * @param ratio most content bytes for each byte of the file, judged after {@link #RATIO_GRACE_BYTES}
 * @param nameBytes most bytes in a member's name
 */
public record Limits(int members, long memberBytes, long totalBytes, long documentBytes, int ratio, int nameBytes) {
    /** Content that may appear before the ratio counts: small archives of empty memory compress well. */
    public static final long RATIO_GRACE_BYTES = 64L << 20;

    /**
     * For a container of up to 256 GiB. Memory that was touched and is zero compresses 30,000 to 1 with zstd, so the ratio
     * stops only what no compressor makes of memory.
     */
    public static final Limits DEFAULT = new Limits(100_000, 256L << 30, 512L << 30, 64L << 20, 50_000, 255);

    public Limits {
        if (members < 1 || memberBytes < 1 || totalBytes < 1 || documentBytes < 1 || ratio < 1 || nameBytes < 1) {
            throw new IllegalArgumentException("every limit is at least one");
        }
    }

    /**
     * Checks how far an archive has expanded while it is read.
     *
     * @param member the member that is read
     * @throws io.jmigrate.runtime.failure.Failure ARCHIVE_TOO_LARGE
     */
    void checkRatio(ArchiveFile file, String member, long contentBytes, long fileBytes) {
        if (isBeyondRatio(contentBytes, fileBytes)) {
            throw file.tooLarge(member, "expands to more than " + ratio + " times the size of the archive");
        }
    }

    /** The same for a whole archive. */
    void checkRatio(ArchiveFile file, long contentBytes, long fileBytes) {
        if (isBeyondRatio(contentBytes, fileBytes)) {
            throw file.tooLarge("expands to more than " + ratio + " times its size");
        }
    }

    private boolean isBeyondRatio(long contentBytes, long fileBytes) {
        return contentBytes > RATIO_GRACE_BYTES && contentBytes / ratio > fileBytes;
    }

    /** Most bytes of a whole tar: content, and a header, its extensions and padding for each member. */
    public long contentBytesMax() {
        return totalBytes + members * (4L << 10) + (1L << 20);
    }
}
