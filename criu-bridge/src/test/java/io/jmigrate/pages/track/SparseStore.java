package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What was handed over of one process, by address: of each page the last. */
class SparseStore implements PageSink {
    private static final byte[] ZEROS = new byte[PageRun.PAGE_BYTES];

    private final Map<Long, byte[]> pages = new HashMap<>();

    /** The page at an address: zeros if there is none. */
    byte[] page(long address) {
        return pages.getOrDefault(address, ZEROS);
    }

    @Override
    public void open(PageTarget target) {
        // all of one
    }

    @Override
    public void pages(PageRun run, ByteBuffer data) {
        if (run.bytes() != data.remaining()) {
            throw new AssertionError(data.remaining() + " bytes of " + run);
        }
        for (long address = run.address(); address < run.end(); address += PageRun.PAGE_BYTES) {
            byte[] page = pages.computeIfAbsent(address, _ -> new byte[PageRun.PAGE_BYTES]);
            data.get(page);
        }
    }

    @Override
    public void hole(PageRun run) {
        throw new AssertionError("a hole: " + run);
    }

    @Override
    public void finish() {
        throw new AssertionError("finished by the tracker");
    }

    @Override
    public void close() {
        throw new AssertionError("closed by the tracker");
    }
}
