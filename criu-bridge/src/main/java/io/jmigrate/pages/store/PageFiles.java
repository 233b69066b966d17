package io.jmigrate.pages.store;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The bytes of pages-N.img files, wherever they are. Safe for use by several threads. */
public interface PageFiles extends AutoCloseable {
    /**
     * Reads a piece.
     *
     * @param file N of pages-N.img
     * @param offset in that file
     * @param target filled to its limit
     * @throws Failure PAGES_IO also if the file ends before
     */
    void read(int file, long offset, ByteBuffer target);

    /** The file itself, if its bytes lie in one as they are; closed with this. @param file N of pages-N.img */
    default Optional<Fd> descriptor(int file) {
        return Optional.empty();
    }

    /**
     * Waits until they are compared with checksums, if that is still under way.
     *
     * @throws Failure if they are not what was written
     */
    default void confirm() {}

    /** @throws Failure PAGES_IO */
    @Override
    void close();
}
