package io.jmigrate.pages.track;

import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.live.AddressRange;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Takes what a tracker hands over of a workload. */
final class Rounds {
    private final DirtyTracker tracker;
    private final Workload workload;
    private final UnaryOperator<PageSink> between;
    private final Map<ProcessRef, SparseStore> stores = new HashMap<>();

    Rounds(DirtyTracker tracker, Workload workload) {
        this(tracker, workload, sink -> sink);
    }

    /** @param between what comes between the tracker and the store */
    Rounds(DirtyTracker tracker, Workload workload, UnaryOperator<PageSink> between) {
        this.tracker = tracker;
        this.workload = workload;
        this.between = between;
    }

    /** @return bytes that were handed over */
    long round() {
        List<ProcessRef> processes = workload.processes();
        long bytes = 0;
        for (ProcessRef process : processes) {
            SparseStore store = stores.computeIfAbsent(process, _ -> new SparseStore());
            bytes += tracker.changed(process, new PageTarget.ProcessMemory(process.pid()), between.apply(store));
        }
        tracker.retain(processes);
        return bytes;
    }

    /** Over processes that stand still. */
    void lastRound() {
        tracker.treeStands();
        round();
    }

    /** As {@link #lastRound}, by names alone: what is named is read after that. */
    void lastRoundByName() {
        tracker.treeStands();
        ByteBuffer buffer = ProcessPages.buffer();
        for (ProcessRef process : workload.processes()) {
            SparseStore store = stores.computeIfAbsent(process, _ -> new SparseStore());
            PageTarget target = new PageTarget.ProcessMemory(process.pid());
            try (ProcessPages pages = ProcessPages.open(process.pid(), buffer)) {
                store.open(target);
                tracker.name(
                        process,
                        target,
                        run -> pages.read(new AddressRange(run.address(), run.end()), target, between.apply(store)));
            }
        }
    }

    /** What is other in the processes, which stand still, than in the stores; fails if there is nothing to compare. */
    List<String> differences() throws IOException {
        List<String> differences = new ArrayList<>();
        for (ProcessRef process : workload.processes()) {
            FrozenView.Comparison comparison = new FrozenView(process).compare(stores.get(process));
            if (comparison.pages() == 0) {
                throw new AssertionError("nothing to compare of " + process);
            }
            comparison.differences().forEach(difference -> differences.add(process.pid() + ": " + difference));
        }
        return differences;
    }
}
