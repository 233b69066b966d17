package io.jmigrate.pages.live;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The private memory that one process has now. While the process runs, mappings come and go, and a page may be read while it is
 * written; when it executes another program, what is left here is nothing.
 */
public final class ProcessPages implements AutoCloseable {
    private final int pid;
    private final OwnPages owned;
    private final ProcessMemory memory;
    private final ByteBuffer buffer;
    private final MemoryScope scope;

    private ProcessPages(int pid, OwnPages owned, ProcessMemory memory, ByteBuffer buffer, MemoryScope scope) {
        this.pid = pid;
        this.owned = owned;
        this.memory = memory;
        this.buffer = buffer;
        this.scope = scope;
    }

    /** A buffer for {@link #open}. */
    public static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    }

    /** Of all its private mappings. */
    public static ProcessPages open(int pid, ByteBuffer buffer) {
        return open(pid, buffer, MemoryScope.PRIVATE);
    }

    /**
     * @param pid as this process sees it
     * @param buffer nobody else's until this is closed
     * @param scope which mappings there are
     * @throws LinuxException ENOENT or ESRCH if the process has ended
     */
    public static ProcessPages open(int pid, ByteBuffer buffer, MemoryScope scope) {
        OwnPages owned = OwnPages.of(pid);
        try {
            return new ProcessPages(pid, owned, ProcessMemory.of(pid), buffer, scope);
        } catch (RuntimeException e) {
            try (owned) {
                throw e;
            }
        }
    }

    /** The mappings that are meant, ascending. @throws IOException if the process has ended */
    public List<AddressRange> mappings() throws IOException {
        Path maps = Path.of("/proc/" + pid + "/maps"); // names of files in it can be of any bytes
        return AddressRange.ofMaps(scope, Files.readAllLines(maps, StandardCharsets.ISO_8859_1).stream());
    }

    /**
     * Its own pages in a range.
     *
     * @param runs gets ranges in ascending order
     * @throws LinuxException ESRCH if the process has ended
     */
    public void own(AddressRange range, Consumer<AddressRange> runs) {
        owned.in(range, runs);
    }

    /** So many bytes at an address, or fewer if there is no memory. */
    public byte[] bytes(long address, int count) {
        ByteBuffer into = ByteBuffer.allocate(count);
        memory.read(into, address);
        return Arrays.copyOf(into.array(), into.position());
    }

    /** Hands pages over, all that are there still. @return how many bytes */
    public long read(AddressRange run, PageTarget target, PageSink sink) {
        long total = 0;
        long from = run.start();
        while (from < run.end()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), run.end() - from));
            int pages = memory.read(buffer, from) / PageRun.PAGE_BYTES;
            int bytes = pages * PageRun.PAGE_BYTES;
            if (pages > 0) {
                buffer.flip().limit(bytes);
                sink.pages(new PageRun(target, from, pages, PageContent.PRESENT), buffer);
                total += bytes;
            }
            from += Math.max(bytes, PageRun.PAGE_BYTES);
        }
        return total;
    }

    @Override
    public void close() {
        try (memory) {
            owned.close();
        }
    }
}
