package io.jmigrate.criu.inspect;

/**
 * Pages of a process or of all, of the size that the machine has which made the images.
 *
 * @param stored whose contents are in the images
 * @param lazy whose contents stayed at the source, to be fetched by need
 * @param inParent whose contents are in the images of an earlier dump
 */
public record PageCounts(long stored, long lazy, long inParent) {
    public static final PageCounts NONE = new PageCounts(0, 0, 0);

    PageCounts plus(PageCounts other) {
        return new PageCounts(stored + other.stored, lazy + other.lazy, inParent + other.inParent);
    }
}
