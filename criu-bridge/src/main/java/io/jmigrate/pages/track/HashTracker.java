package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.live.ChangedPages;
import io.jmigrate.pages.live.LiveMemory;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads all memory in each round and compares its content with that of the round before, by 16 bytes of hash a page. What is
 * compared is what is handed over, so a page that is written meanwhile is found in the next round.
 */
public final class HashTracker implements DirtyTracker {
    private final LiveMemory memory;
    private final Map<ProcessRef, ChangedPages> rounds = new HashMap<>();

    /** @param scope which mappings it follows */
    public HashTracker(MemoryScope scope) {
        this.memory = new LiveMemory(scope);
    }

    /** Leaves out what the comparison says of pages that are the same. */
    private record Changes(PageSink sink) implements PageSink {
        @Override
        public void open(PageTarget target) {
            sink.open(target);
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            sink.pages(run, data);
        }

        @Override
        public void hole(PageRun run) {
            // it is as it was
        }

        @Override
        public void finish() {
            // the sink's owner does so
        }

        @Override
        public void close() {
            // the sink's owner does so
        }
    }

    @Override
    public TrackerKind kind() {
        return TrackerKind.HASH;
    }

    @Override
    public long changed(ProcessRef process, PageTarget target, PageSink sink) {
        ChangedPages before = rounds.remove(process);
        if (!Processes.alive(process)) {
            return 0;
        }
        PageSink changes = new Changes(sink);
        ChangedPages round = before == null ? ChangedPages.first(changes) : before.next(changes);
        try {
            memory.read(process.pid(), target, round);
            rounds.put(process, round);
        } catch (LinuxException | IOException e) {
            if (!LiveMemory.hasGone(process.pid(), e)) {
                throw LiveMemory.failed(process.pid(), e);
            }
        }
        return round.changedBytes();
    }

    @Override
    public void treeStands() {
        // it does the same
    }

    @Override
    public void treeRuns() {
        // it does the same
    }

    @Override
    public OptionalLong pending(ProcessRef process) {
        return OptionalLong.empty();
    }

    @Override
    public boolean follows(ProcessRef process) {
        return rounds.containsKey(process);
    }

    @Override
    public void retain(Collection<ProcessRef> processes) {
        rounds.keySet().retainAll(processes);
    }

    /** Forgets one process. */
    void forget(ProcessRef process) {
        rounds.remove(process);
    }

    @Override
    public void close() {
        rounds.clear();
    }
}
