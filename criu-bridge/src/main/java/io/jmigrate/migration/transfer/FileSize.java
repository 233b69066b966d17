package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.FileExtents;
import io.jmigrate.runtime.linux.FileSpace;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How much there is of a regular file for one that takes a copy of it. */
public final class FileSize {
    private FileSize() {}

    /**
     * What lies between its holes, bytes; whole blocks of a file that has none. What it takes on its disk says too little where the filesystem
     * compresses (btrfs, ZFS).
     *
     * @param size of the file
     * @throws IOException if it has vanished
     * @throws LinuxException likewise
     */
    public static long of(Path file, long size) throws IOException {
        long taken = FileSpace.of(file);
        return taken >= size ? taken : Math.max(taken, betweenHoles(file));
    }

    /** As the filesystem tells. */
    static long betweenHoles(Path file) throws IOException {
        try (OpenedFile opened = OpenedFile.open(file)) {
            long bytes = 0;
            Optional<FileExtents.Extent> next = FileExtents.next(opened.descriptor(), 0);
            while (next.isPresent()) {
                bytes += next.get().to() - next.get().from();
                next = FileExtents.next(opened.descriptor(), next.get().to());
            }
            return bytes;
        }
    }
}
