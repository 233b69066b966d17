package io.jmigrate.pages.live;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the private memory of processes while they run. Processes and mappings come and go meanwhile: what has gone is left out, and
 * a page may be read while it is written.
 */
public final class LiveMemory {
    private final ByteBuffer buffer = ProcessPages.buffer();
    private final MemoryScope scope;

    /** Of all private mappings. */
    public LiveMemory() {
        this(MemoryScope.PRIVATE);
    }

    /** @param scope which mappings are read */
    public LiveMemory(MemoryScope scope) {
        this.scope = scope;
    }

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
                Optional<PageTarget> target = target(pid);
                if (target.isPresent()) {
                    read(pid, target.get(), sink);
                }
            } catch (LinuxException | IOException e) {
                if (!hasGone(pid, e)) {
                    throw failed(pid, e);
                }
            }
        }
    }

    /** Whether it has no memory any more, as the call says, or has been reaped. */
    public static boolean hasGone(int pid, Exception e) {
        boolean told = e instanceof LinuxException linux
                && (linux.errno().equals(Errno.ENOENT) || linux.errno().equals(Errno.ESRCH));
        return told || Processes.find(pid).isEmpty();
    }

    /** What to say when a process's memory can't be read, though the process is there. */
    public static Failure failed(int pid, Exception e) {
        return Failure.of(PageCode.PAGES_IO, "cannot read the memory of the process " + pid + ": " + IoReason.of(e))
                .withCause(e);
    }

    /**
     * Hands the memory of one process over.
     *
     * @param pid as this process sees it
     * @param target whose memory it is called
     * @throws LinuxException as well as IOException if the process has ended, and otherwise
     */
    public void read(int pid, PageTarget target, PageSink sink) throws IOException {
        try (ProcessPages pages = ProcessPages.open(pid, buffer, scope)) {
            sink.open(target);
            for (AddressRange range : pages.mappings()) {
                pages.own(range, run -> pages.read(run, target, sink));
            }
        }
    }

    /** By the pid that the process has in its innermost namespace, as in CRIU's images (proc_pid_status(5), NSpid). */
    private static Optional<PageTarget> target(int pid) throws IOException {
        List<Integer> pids =
                ProcStatus.read(Path.of("/proc/" + pid + "/status")).namespacePids();
        return pids.isEmpty() ? Optional.empty() : Optional.of(new PageTarget.ProcessMemory(pids.getLast()));
    }
}
