package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.ahead.CopyAhead;
import io.jmigrate.pages.arrival.ArrivedMemory;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.ArrivingSegments;
import io.jmigrate.pages.arrival.LazyImages;
import io.jmigrate.pages.compare.PageComparison;
import io.jmigrate.pages.compare.PageDigests;
import io.jmigrate.pages.compare.PageRounds;
import io.jmigrate.pages.frozen.TreeMemory;
import io.jmigrate.pages.live.AddressRange;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the comparison of all memory finds what a copy of it has missed. */
@Timeout(60)
class ComparedCopyIT {
    private static final int MIB = 8;
    private static final int ROUNDS = 3;
    private static final long SEED = 4711;

    @TempDir
    Path directory;

    @BeforeEach
    void needsRoot() {
        assumeTrue(Processes.effectiveUid() == 0, "memory of other processes needs root");
    }

    @Test
    void allMemoryOfAProcessThatWritesIsTheSame() throws Exception {
        PageComparison comparison = copied(new HashTracker(MemoryScope.PRIVATE));
        comparison.requireSame();
        assertThat(comparison.pages()).isGreaterThan(MIB << 8);
    }

    @Test
    void aPageThatTheTrackerLeavesOutIsFound() throws Exception {
        PageComparison comparison = copied(new Forgetful(new HashTracker(MemoryScope.PRIVATE)));
        assertThatThrownBy(comparison::requireSame).hasMessageContaining("pages that have arrived differ");
    }

    private PageComparison copied(DirtyTracker tracker) throws Exception {
        Path report = directory.resolve("report");
        try (Workload memory = Workload.start(Workload.compiled("memory"), report, MIB, 64);
                ArrivingPages arriving = ArrivingPages.create(directory.resolve("arriving"), MIB << 10);
                ArrivedMemory arrived =
                        new ArrivedMemory(directory, arriving, new ArrivingSegments(directory, 0, arriving.account()));
                CopyAhead copy = new CopyAhead(tracker, arriving::put)) {
            await().until(() -> Files.exists(report));
            for (int round = 0; round < ROUNDS; round++) {
                String before = Files.readString(report);
                copy.round(memory.processes());
                await().until(() -> !Files.readString(report).equals(before));
            }
            memory.freeze();
            dump(memory.root());
            return compared(copy, memory.root(), arrived);
        }
    }

    private PageComparison compared(CopyAhead copy, ProcessRef root, ArrivedMemory arrived) {
        PageComparison comparison = new PageComparison(arrived);
        PageRounds rounds = new PageRounds();
        PageDigests digests = new PageDigests(SEED);
        try (TreeMemory tree = TreeMemory.of(directory, root.pid())) {
            copy.last(tree);
            copy.all(
                    tree,
                    (run, content) -> comparison.take(run, SEED, ByteBuffer.wrap(rounds.words(run, content, digests))));
        }
        return comparison;
    }

    /** All pages that it has for itself, as a dump would name them. */
    private void dump(ProcessRef process) throws IOException {
        ProcessMemory target = new ProcessMemory(process.pid());
        List<PageRun> runs = new ArrayList<>();
        try (ProcessPages pages = ProcessPages.open(process.pid(), ProcessPages.buffer())) {
            for (AddressRange mapping : pages.mappings()) {
                pages.own(
                        mapping,
                        run -> runs.add(new PageRun(
                                target, run.start(), run.bytes() / PageRun.PAGE_BYTES, PageContent.ABSENT_LAZY)));
            }
        }
        LazyImages.write(directory, target, runs.toArray(PageRun[]::new));
    }

    /** Leaves out the last page of all that has changed, but for the first time. */
    private static final class Forgetful implements DirtyTracker {
        private final DirtyTracker tracker;
        private boolean again;

        Forgetful(DirtyTracker tracker) {
            this.tracker = tracker;
        }

        @Override
        public TrackerKind kind() {
            return tracker.kind();
        }

        @Override
        public long changed(ProcessRef process, PageTarget target, PageSink sink) {
            PageSink taken = again ? new ShortRuns(sink) : sink;
            again = true;
            return tracker.changed(process, target, taken);
        }

        @Override
        public boolean follows(ProcessRef process) {
            return tracker.follows(process);
        }

        @Override
        public void treeStands() {
            tracker.treeStands();
        }

        @Override
        public void treeRuns() {
            tracker.treeRuns();
        }

        @Override
        public OptionalLong pending(ProcessRef process) {
            return tracker.pending(process);
        }

        @Override
        public void retain(Collection<ProcessRef> processes) {
            tracker.retain(processes);
        }

        @Override
        public void close() {
            tracker.close();
        }
    }

    /** Leaves out the last page of each run. */
    private record ShortRuns(PageSink sink) implements PageSink {
        @Override
        public void open(PageTarget target) {
            sink.open(target);
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            data.limit(data.limit() - PageRun.PAGE_BYTES);
            if (run.pages() > 1) {
                sink.pages(run.part(run.address(), data.remaining()), data);
            }
        }

        @Override
        public void hole(PageRun run) {
            sink.hole(run);
        }

        @Override
        public void finish() {
            sink.finish();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
