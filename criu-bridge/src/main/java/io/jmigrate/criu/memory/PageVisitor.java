package io.jmigrate.criu.memory;

/** Is shown the memory of a checkpoint: each space in ascending order of addresses, one space after the other. */
public interface PageVisitor {
    /** Whether the pages of this space are wanted; those of others are passed over. */
    default boolean wants(Space space) {
        return true;
    }

    /**
     * A page whose content is in the images.
     *
     * @param address of its first byte
     * @param bytes {@link MemoryPass#PAGE_BYTES} of them from {@code offset} on are its content, until this call returns
     */
    void page(Space space, long address, byte[] bytes, int offset);

    /**
     * Pages that exist and whose content is elsewhere.
     *
     * @param address of the first
     * @param pages how many
     */
    default void absent(Space space, long address, long pages, Absence why) {}

    /** Nothing more comes of this space. */
    default void end(Space space) {}

    /** Where the content of a page is that is not in the images. */
    enum Absence {
        /** At the source, or in the store of a page server: a lazy dump leaves it there. */
        LAZY,
        /** In the images of an earlier dump. */
        IN_PARENT
    }
}
