package io.jmigrate.migration.engine;

import io.jmigrate.criu.FrozenTree;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.track.TrackerKind;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** That of a container whose programs begin anew elsewhere. */
record NoMemory() implements MemoryAhead {
    @Override
    public TrackerKind tracker() {
        throw new IllegalStateException("nobody follows memory that does not go");
    }

    @Override
    public long round() {
        return 0;
    }

    @Override
    public OptionalLong pending() {
        return OptionalLong.of(0);
    }

    @Override
    public long lockedBytes() {
        return 0;
    }

    @Override
    public void standing(boolean follows) {}

    @Override
    public long last(FrozenTree tree) {
        return 0;
    }

    @Override
    public void outdated(FrozenTree tree, Consumer<PageRun> names) {}

    @Override
    public void all(FrozenTree tree, PageTaker to) {}

    @Override
    public void close() {}
}
