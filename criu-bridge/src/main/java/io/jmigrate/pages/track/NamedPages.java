package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Passes over the bytes, where somebody has read them. */
final class NamedPages extends WrittenPages {
    private final Consumer<PageRun> names;

    NamedPages(Consumer<PageRun> names) {
        this.names = names;
    }

    @Override
    public void pages(PageRun run, ByteBuffer data) {
        data.position(data.limit());
        names.accept(run);
    }
}
