package io.jmigrate.pages.track;

import java.util.Locale;

/** How changed pages are found. */
public enum TrackerKind {
    /** The kernel notes writes (userfaultfd(2), asynchronous write protection, Linux 6.7). */
    UFFD,
    /** All memory is read and its content compared with what it was: on any kernel, at the price of the processor's time. */
    HASH;

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
