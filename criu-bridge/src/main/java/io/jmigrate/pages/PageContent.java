package io.jmigrate.pages;

import java.util.Optional;

/** What a pagemap entry says about the content of its pages: the combinations of CRIU's flags that a dump produces. */
public enum PageContent {
    /** The pages are here and have to be there before the process runs. */
    PRESENT(Flags.PRESENT),
    /** The pages are here; a restore may bring them in after the process runs. */
    PRESENT_LAZY(Flags.PRESENT | Flags.LAZY),
    /** The pages are not here: whoever restores gets them from elsewhere. */
    ABSENT_LAZY(Flags.LAZY),
    /** The pages are those of the parent image. */
    IN_PARENT(Flags.PARENT);

    private final int flags;

    PageContent(int flags) {
        this.flags = flags;
    }

    /** The flags of a pagemap entry: 1 parent, 2 lazy, 4 present (criu/include/pagemap.h). */
    public int flags() {
        return flags;
    }

    /** Whether the bytes of the pages belong to the entry. */
    public boolean present() {
        return (flags & Flags.PRESENT) != 0;
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

    private static final class Flags {
        static final int PARENT = 1;
        static final int LAZY = 2;
        static final int PRESENT = 4;
    }
}
