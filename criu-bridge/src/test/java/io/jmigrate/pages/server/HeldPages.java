package io.jmigrate.pages.server;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Memory of one process, in two pieces of which the second is large. */
final class HeldPages implements LazyPages {
    static final int PID = 7;
    static final ProcessMemory PROCESS = new ProcessMemory(PID);
    static final PageRun FIRST = new PageRun(PROCESS, 0x10_0000, 3, PageContent.ABSENT_LAZY);
    static final PageRun SECOND = new PageRun(PROCESS, 0x7000_0000_0000L, 600, PageContent.ABSENT_LAZY);

    private final byte[] bytes = new byte[(int) (FIRST.bytes() + SECOND.bytes())];
    volatile boolean failing;

    HeldPages() {
        new Random(1).nextBytes(bytes);
    }

    /** What is there. */
    byte[] content(long address, int pages) {
        int from = (int)
                (address < SECOND.address() ? address - FIRST.address() : FIRST.bytes() + address - SECOND.address());
        return Arrays.copyOfRange(bytes, from, from + pages * PageRun.PAGE_BYTES);
    }

    @Override
    public long lazyBytes() {
        return bytes.length;
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        if (!process.equals(PROCESS)) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "the dump has left no memory of " + process);
        }
        return List.of(FIRST, SECOND);
    }

    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        if (failing) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the memory of process 7: No such process");
        }
        target.put(content(address, target.remaining() / PageRun.PAGE_BYTES));
    }

    @Override
    public void close() {}
}
