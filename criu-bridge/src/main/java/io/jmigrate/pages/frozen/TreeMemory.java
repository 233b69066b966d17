package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.TreePages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** The memory that a lazy dump has left in the processes of a tree, for whoever asks for some of it. The images go on to lack it. */
public final class TreeMemory implements TreePages {
    private final Map<ProcessMemory, Left> processes = new HashMap<>();

    /** What one process has. */
    private record Left(ProcessRef process, ProcessBytes bytes, NavigableMap<Long, PageRun> runs) {}

    private TreeMemory() {}

    /**
     * Opens the memory of a tree that stands still.
     *
     * @param directory images of its lazy dump
     * @param root pid of its first process
     * @throws Failure PAGES_IO
     */
    public static TreeMemory of(Path directory, int root) {
        TreeMemory memory = new TreeMemory();
        try {
            TreePids pids = TreePids.of(root);
            for (LazyPagemap pagemap : LazyPagemap.lacking(directory)) {
                int pid = pids.of(pagemap);
                ProcessRef process =
                        Processes.find(pid).orElseThrow(() -> new ImageException("process " + pid + " has ended"));
                memory.processes.put(pagemap.process(), new Left(process, ProcessBytes.open(pid), pagemap.absent()));
            }
            return memory;
        } catch (IOException | LinuxException e) {
            try (memory) {
                throw Failure.of(
                                PageCode.PAGES_IO,
                                "cannot find the memory that " + directory + " lacks: " + (IoReason.of(e)))
                        .withCause(e);
            }
        }
    }

    @Override
    public Set<ProcessMemory> processes() {
        return processes.keySet();
    }

    @Override
    public ProcessRef process(ProcessMemory process) {
        return left(process).process();
    }

    @Override
    public long lazyBytes() {
        return processes.values().stream()
                .flatMap(left -> left.runs().values().stream())
                .mapToLong(PageRun::bytes)
                .sum();
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        return List.copyOf(left(process).runs().values());
    }

    private Left left(ProcessMemory process) {
        return Optional.ofNullable(processes.get(process))
                .orElseThrow(() -> Failure.of(PageCode.PAGES_PROTOCOL, "the dump has left no memory of " + process));
    }

    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        Left left = left(process);
        long end = address + target.remaining();
        if (Optional.ofNullable(left.runs().floorEntry(address))
                .filter(run -> end <= run.getValue().end())
                .isEmpty()) {
            throw Failure.of(
                    PageCode.PAGES_PROTOCOL,
                    "the dump has left no page of " + process + " at 0x" + Long.toHexString(address));
        }
        left.bytes().read(address, target);
    }

    @Override
    public void close() {
        processes.values().forEach(left -> left.bytes().close());
    }
}
