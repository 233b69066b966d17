package io.jmigrate.pages.live;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the private memory of processes while they run. Processes and mappings come and go meanwhile: what has gone is left out, and
 * a page may be read while it is written.
 */
public final class LiveMemory {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);

    /**
     * Hands the memory of these processes to the sink, once over.
     *
     * @param pids as this process sees them
     * @param sink is neither finished nor closed
     * @throws Failure PAGES_IO, or the sink's own
     */
    public void read(List<Integer> pids, PageSink sink) {
        for (int pid : pids) {
            try {
                read(pid, sink);
            } catch (LinuxException | IOException e) {
                if (!hasGone(pid, e)) {
                    throw failed(pid, e);
                }
            }
        }
    }

    /** Whether it has no memory any more, as the call says, or has been reaped. */
    private static boolean hasGone(int pid, Exception e) {
        boolean told = e instanceof LinuxException linux
                && (linux.errno().equals(Errno.ENOENT) || linux.errno().equals(Errno.ESRCH));
        return told || Processes.find(pid).isEmpty();
    }

    private static Failure failed(int pid, Exception e) {
        return Failure.of(PageCode.PAGES_IO, "cannot read the memory of the process " + pid + ": " + e.getMessage())
                .withCause(e);
    }

    private void read(int pid, PageSink sink) throws IOException {
        Optional<PageTarget> target = target(pid);
        if (target.isEmpty()) {
            return;
        }
        try (Pagemap pagemap = new Pagemap(pid);
                Fd memory = Descriptors.open(Path.of("/proc/" + pid + "/mem"))) {
            sink.open(target.get());
            for (AddressRange range : ranges(pid)) {
                pagemap.ownPages(range, run -> copy(memory, target.get(), run, sink));
            }
        }
    }

    private static List<AddressRange> ranges(int pid) throws IOException {
        return AddressRange.ofMaps(Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream());
    }

    /** By the pid that the process has in its innermost namespace, as in CRIU's images (proc_pid_status(5), NSpid). */
    private static Optional<PageTarget> target(int pid) throws IOException {
        List<Integer> pids =
                ProcStatus.read(Path.of("/proc/" + pid + "/status")).namespacePids();
        return pids.isEmpty() ? Optional.empty() : Optional.of(new PageTarget.ProcessMemory(pids.getLast()));
    }

    private void copy(Fd memory, PageTarget target, AddressRange run, PageSink sink) {
        long from = run.start();
        while (from < run.end()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), run.end() - from));
            int pages = readPages(memory, from);
            if (pages == 0) {
                return;
            }
            buffer.flip().limit(pages * PageRun.PAGE_BYTES);
            sink.pages(new PageRun(target, from, pages, PageContent.PRESENT), buffer);
            from += (long) pages * PageRun.PAGE_BYTES;
        }
    }

    /** Whole pages read; 0 where the mapping has gone meanwhile. */
    private int readPages(Fd memory, long address) {
        try {
            return Math.max(Descriptors.pread(memory, buffer, address), 0) / PageRun.PAGE_BYTES;
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EIO)) {
                return 0;
            }
            throw e;
        }
    }
}
