package io.jmigrate.runtime.linux;

import java.util.Optional;

/** Where a file holds data, as its filesystem tells (lseek(2), SEEK_DATA and SEEK_HOLE). All else of it reads as zeros. */
public final class FileExtents {
    private static final long SEEK_DATA = 3;
    private static final long SEEK_HOLE = 4;

    private FileExtents() {}

    /**
     * The first stretch of data that ends behind an offset; from there on, if it begins before.
     *
     * @param file moves its offset
     * @param from an offset in bytes
     * @return empty if there are but zeros from there on
     */
    public static Optional<Extent> next(Fd file, long from) {
        long data = SystemCall.LSEEK.raw(file.number(), from, SEEK_DATA);
        if (data == -Errno.ENXIO.number()) {
            return Optional.empty();
        }
        if (data < 0) {
            throw new LinuxException("lseek", new Errno((int) -data), file.toString());
        }
        return Optional.of(new Extent(data, SystemCall.LSEEK.on(file.toString(), file.number(), data, SEEK_HOLE)));
    }

    /** Bytes from an offset to another, which is not one of them. */
    public record Extent(long from, long to) {
        public long bytes() {
            return to - from;
        }
    }
}
