package io.jmigrate.pages.frozen;

import java.nio.ByteBuffer;

/** The content of one pages file, wherever its bytes are. */
public interface PagesSource {
    /** Name of the file in the image directory, for example {@code pages-1.img}. */
    String name();

    /** Its size in bytes. */
    long bytes();

    /**
     * Fills the buffer with the content from there on. Any number of threads at once.
     *
     * @param offset with the buffer's room within the file
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO
     */
    void read(long offset, ByteBuffer into);
}
