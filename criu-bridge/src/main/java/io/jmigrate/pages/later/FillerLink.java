package io.jmigrate.pages.later;

import io.jmigrate.pages.PageRun;

/** The conversation with who brings memory into a container while some of it is still to come. */
public interface FillerLink extends AutoCloseable {
    /** Hears who brings memory, on a thread of its own. */
    interface Listener {
        /** A program waits for the first of these pages. */
        void wanted(PageRun run);

        /** A program has waited so long for a page, and has it. */
        void answered(long nanos);

        /** Nobody brings memory any more: all of it is in place, or the container has ended. */
        void gone();
    }

    /** These pages have come. */
    void come(PageRun run);

    /** All has come that will come by now: also what somebody else may have taken and not told. */
    void look();

    @Override
    void close();
}
