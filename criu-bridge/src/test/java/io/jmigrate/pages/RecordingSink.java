package io.jmigrate.pages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was given. Runs are kept as they came, the bytes of all of them in one piece. */
public final class RecordingSink implements PageSink {
    private final List<PageTarget> opened = new ArrayList<>();
    private final List<PageRun> runs = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;

    @Override
    public void open(PageTarget target) {
        opened.add(target);
    }

    @Override
    public void pages(PageRun run, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        bytes.writeBytes(copy);
        runs.add(run);
    }

    @Override
    public void hole(PageRun run) {
        runs.add(run);
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void close() {}

    public List<PageTarget> opened() {
        return opened;
    }

    public List<PageRun> runs() {
        return runs;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public boolean finished() {
        return finished;
    }
}
