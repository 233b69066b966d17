package io.jmigrate.pages;

import io.jmigrate.criu.image.PagemapRun;
import java.util.Optional;

/** What a pagemap entry says about the content of its pages: the combinations of CRIU's flags that a dump produces. */
public enum PageContent {
    /** The pages are here and have to be there before the process runs. */
    PRESENT(PagemapRun.PRESENT),
    /** The pages are here; a restore may bring them in after the process runs. */
    PRESENT_LAZY(PagemapRun.PRESENT | PagemapRun.LAZY),
    /** The pages are not here: whoever restores gets them from elsewhere. */
    ABSENT_LAZY(PagemapRun.LAZY),
    /** The pages are those of the parent image. */
    IN_PARENT(PagemapRun.IN_PARENT);

    private final int flags;

    PageContent(int flags) {
        this.flags = flags;
    }

    /** The flags of a pagemap entry ({@link PagemapRun}). */
    public int flags() {
        return flags;
    }

    /** Whether the bytes of the pages belong to the entry. */
    public boolean present() {
        return (flags & PagemapRun.PRESENT) != 0;
    }

    /** The content that has exactly these flags, none if no dump produces them. */
    public static Optional<PageContent> ofFlags(int flags) {
        for (PageContent content : values()) {
            if (content.flags == flags) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }
}
