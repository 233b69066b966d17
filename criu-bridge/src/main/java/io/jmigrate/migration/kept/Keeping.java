package io.jmigrate.migration.kept;

import io.jmigrate.pages.PageTaker;
import java.util.function.Consumer;

/** Memory of a container that leaves, kept for the case that it comes back. Every method throws {@code Failure}, and the migration goes on. */
public interface Keeping extends AutoCloseable {
    /**
     * Takes what there is room and time for.
     *
     * @param memory hands over all of it; the container stands still, and runs at the destination
     */
    void take(Consumer<PageTaker> memory);

    /** The container has gone: what was taken can be used from now on, unless this node is to keep nothing any more. */
    void complete();

    /** Removes what was taken and is not complete. */
    @Override
    void close();

    /** Nothing is kept. */
    static Keeping nothing() {
        return new Nothing();
    }

    /** Takes nothing. */
    record Nothing() implements Keeping {
        @Override
        public void take(Consumer<PageTaker> memory) {
            // nobody reads it then
        }

        @Override
        public void complete() {
            // there is nothing
        }

        @Override
        public void close() {
            // there is nothing
        }
    }
}
