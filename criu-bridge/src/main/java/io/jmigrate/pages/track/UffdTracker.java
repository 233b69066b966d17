package io.jmigrate.pages.track;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.live.AddressRange;
import io.jmigrate.pages.live.LiveMemory;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PagemapScan;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Has the kernel note writes. A process is stopped once, for some tens of microseconds, when it is first seen, and again when it has
 * executed another program. One of which no userfaultfd is to be had, or whose memory somebody else follows, is compared by content.
 */
public final class UffdTracker implements DirtyTracker {
    /** The second one is for a process that executes another program in between. */
    private static final int ATTEMPTS = 2;

    private final MemoryAttacher attacher;
    private final HashTracker hashes;
    private final MemoryScope scope;
    private final Map<ProcessRef, ProtectedMemory> memories = new HashMap<>();

    /** Of processes that have ended, or have another memory now: a child may have inherited a descriptor, and be seen later in the round. */
    private final List<ProtectedMemory> departed = new ArrayList<>();

    private final ByteBuffer buffer = ProcessPages.buffer();

    private boolean still;

    private UffdTracker(TrackProgram program, MemoryScope scope, Consumer<String> remarks) {
        this.scope = scope;
        this.hashes = new HashTracker(scope);
        this.attacher = new MemoryAttacher(program, remarks, scope, buffer);
    }

    /**
     * @param program {@code jmigrate-track}
     * @param scope which mappings it follows
     * @param remarks told of each process that is compared by content, and why
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO if the program can't be started
     */
    public static UffdTracker start(Launcher launcher, Path program, MemoryScope scope, Consumer<String> remarks) {
        return new UffdTracker(TrackProgram.start(launcher, program), scope, remarks);
    }

    @Override
    public TrackerKind kind() {
        return TrackerKind.UFFD;
    }

    @Override
    public long changed(ProcessRef process, PageTarget target, PageSink sink) {
        return changed(process, target, sink, pages -> {
            sink.open(target);
            return run -> pages.read(run, target, sink);
        });
    }

    @Override
    public void name(ProcessRef process, PageTarget target, Consumer<PageRun> names) {
        changed(process, target, new NamedPages(names), _ -> run -> {
            long pages = run.bytes() / PageRun.PAGE_BYTES;
            names.accept(new PageRun(target, run.start(), pages, PageContent.PRESENT));
            return run.bytes();
        });
    }

    /** Makes something of runs of pages. */
    @FunctionalInterface
    private interface Taking {
        /** Begins with a process, when it is certain whose memory this is. @return what is told of runs, and says how many bytes it has taken */
        ToLongFunction<AddressRange> of(ProcessPages pages);
    }

    /** @param sink for what has to be compared */
    private long changed(ProcessRef process, PageTarget target, PageSink sink, Taking taking) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ProtectedMemory> memory = memory(process);
            if (memory.isEmpty()) {
                break;
            }
            OptionalLong bytes = changed(memory.get(), process, taking);
            if (bytes.isPresent() && (still || !attacher.devicesWriteTo(process))) {
                return bytes.getAsLong();
            }
            drop(process);
        }
        return hashes.changed(process, target, sink);
    }

    /** @return empty if the process has another memory now; nothing was handed over then */
    private OptionalLong changed(ProtectedMemory memory, ProcessRef process, Taking taking) {
        boolean whole = false;
        // in this order: if the mark is in what is opened last, all is of the same memory
        try (PagemapScan scan = scan(process);
                ProcessPages pages = ProcessPages.open(process.pid(), buffer, scope)) {
            if (!Processes.alive(process)) {
                return OptionalLong.of(0);
            }
            if (!memory.isOf(pages)) {
                return OptionalLong.empty();
            }
            long bytes = memory.changed(pages, scan, taking.of(pages), !still);
            whole = true;
            return OptionalLong.of(bytes);
        } catch (LinuxException | IOException e) {
            if (!LiveMemory.hasGone(process.pid(), e)) {
                throw LiveMemory.failed(process.pid(), e);
            }
            return OptionalLong.of(0);
        } finally {
            if (!whole || memory.lost()) {
                drop(process);
            }
        }
    }

    private static PagemapScan scan(ProcessRef process) {
        return PagemapScan.of(Path.of("/proc/" + process.pid() + "/pagemap"));
    }

    /** Of a process that is followed, or can be; empty if it has to be compared. */
    private Optional<ProtectedMemory> memory(ProcessRef process) {
        ProtectedMemory known = memories.get(process);
        if (still || !Processes.alive(process)) {
            return Optional.ofNullable(known);
        }
        if (known != null) {
            attacher.unburden(process, known);
            return Optional.of(known);
        }
        Optional<ProtectedMemory> memory = attacher.attach(
                process,
                Stream.concat(memories.values().stream(), departed.stream()).toList());
        memory.ifPresent(made -> {
            memories.put(process, made);
            hashes.forget(process);
        });
        return memory;
    }

    private void drop(ProcessRef process) {
        Optional.ofNullable(memories.remove(process)).ifPresent(departed::add);
    }

    @Override
    public void treeStands() {
        still = true;
    }

    @Override
    public void treeRuns() {
        still = false;
    }

    @Override
    public OptionalLong pending(ProcessRef process) {
        if (!memories.containsKey(process)) {
            return OptionalLong.empty();
        }
        try (ProcessPages pages = ProcessPages.open(process.pid(), buffer, scope);
                PagemapScan scan = scan(process)) {
            return OptionalLong.of(Processes.alive(process) ? ProtectedMemory.pending(pages, scan) : 0);
        } catch (LinuxException | IOException e) {
            if (!LiveMemory.hasGone(process.pid(), e)) {
                throw LiveMemory.failed(process.pid(), e);
            }
            return OptionalLong.of(0);
        }
    }

    @Override
    public boolean follows(ProcessRef process) {
        return memories.containsKey(process) || hashes.follows(process);
    }

    @Override
    public void retain(Collection<ProcessRef> processes) {
        Set<ProcessRef> gone = new HashSet<>(memories.keySet());
        gone.removeAll(processes);
        gone.forEach(this::drop);
        closeDeparted();
        attacher.retain(processes);
        hashes.retain(processes);
    }

    @Override
    public void close() {
        try (attacher) {
            Set.copyOf(memories.keySet()).forEach(this::drop);
            closeDeparted();
        }
    }

    private void closeDeparted() {
        departed.forEach(ProtectedMemory::close);
        departed.clear();
    }
}
