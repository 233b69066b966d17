package io.jmigrate.pages.ahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.TreePages;
import io.jmigrate.pages.track.DirtyTracker;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of this process, by its name; its memory is made up. */
class CopyAheadTest {
    private static final ProcessRef SELF =
            Processes.find((int) ProcessHandle.current().pid()).orElseThrow();
    private static final ProcessMemory TARGET = InnerPid.of(SELF).orElseThrow();

    private final Told tracker = new Told();
    private final Taken taker = new Taken();
    private final CopyAhead copy = new CopyAhead(tracker, taker);

    private static PageRun run(int page, int pages) {
        return new PageRun(TARGET, 0x1000L * (page + 16), pages, PageContent.PRESENT_LAZY);
    }

    /** Tells what a test wants it to. */
    private static class Told implements DirtyTracker {
        private List<PageRun> next = List.of();
        private boolean follows = true;
        private OptionalLong pending = OptionalLong.empty();
        private final List<String> calls = new ArrayList<>();

        @Override
        public TrackerKind kind() {
            return TrackerKind.UFFD;
        }

        @Override
        public long changed(ProcessRef process, PageTarget target, PageSink sink) {
            calls.add("changed");
            long bytes = 0;
            for (PageRun run : next) {
                sink.pages(new PageRun(target, run.address(), run.pages(), run.content()), ByteBuffer.allocate((int)
                        run.bytes()));
                bytes += run.bytes();
            }
            return bytes;
        }

        @Override
        public void treeStands() {
            calls.add("stands");
        }

        @Override
        public void treeRuns() {
            calls.add("runs");
        }

        @Override
        public OptionalLong pending(ProcessRef process) {
            return pending;
        }

        @Override
        public boolean follows(ProcessRef process) {
            return follows;
        }

        @Override
        public void retain(Collection<ProcessRef> processes) {
            calls.add("retain");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private static final class Taken implements PageTaker {
        private final List<PageRun> runs = new ArrayList<>();
        private final Set<PageTarget> ended = new HashSet<>();

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            assertThat((long) data.remaining()).isEqualTo(run.bytes());
            data.position(data.limit());
            runs.add(run);
        }

        @Override
        public void ended(PageTarget process) {
            ended.add(process);
        }
    }

    /** A tree that stands still, in which a dump has left these pages. */
    private record Frozen(Map<ProcessMemory, ProcessRef> refs, List<PageRun> left) implements TreePages {
        static Frozen self(PageRun... left) {
            return new Frozen(Map.of(TARGET, SELF), List.of(left));
        }

        @Override
        public Set<ProcessMemory> processes() {
            return refs.keySet();
        }

        @Override
        public ProcessRef process(ProcessMemory process) {
            return refs.get(process);
        }

        @Override
        public long lazyBytes() {
            return left.stream().mapToLong(PageRun::bytes).sum();
        }

        @Override
        public List<PageRun> lazy(ProcessMemory process) {
            return left;
        }

        @Override
        public void read(ProcessMemory process, long address, ByteBuffer target) {
            target.position(target.limit());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void handsOverInTheEndWhatNoRoundHas() {
        tracker.next = List.of(run(0, 4), run(10, 1));
        copy.round(List.of(SELF));
        taker.runs.clear();
        tracker.next = List.of(run(2, 1));

        long bytes = copy.last(Frozen.self(run(0, 6), run(10, 2)));

        assertThat(taker.runs).containsExactly(run(2, 1), run(4, 2), run(11, 1));
        assertThat(bytes).isEqualTo(4 * PageRun.PAGE_BYTES);
    }

    @Test
    void handsOverBesideTheDumpWhatWasWrittenAndAfterItWhatTheDumpHasWritten() {
        tracker.pending = OptionalLong.of(0);
        tracker.next = List.of(run(0, 8));
        copy.round(List.of(SELF));
        taker.runs.clear();
        tracker.calls.clear();
        tracker.next = List.of(run(2, 3));

        assertThat(copy.standing(List.of(SELF))).isEqualTo(3 * PageRun.PAGE_BYTES);
        assertThat(taker.runs).containsExactly(run(2, 3));

        tracker.next = List.of(run(7, 1));
        copy.last(Frozen.self(run(0, 8)));
        assertThat(taker.runs).containsExactly(run(2, 3), run(7, 1));
        assertThat(tracker.calls).containsExactly("stands", "changed", "stands", "changed");
    }

    @Test
    void leavesToTheEndWhatCanOnlyBeToldByReadingAllAgain() {
        tracker.next = List.of(run(0, 8));
        copy.round(List.of(SELF));
        taker.runs.clear();
        tracker.next = List.of(run(2, 3));

        assertThat(copy.standing(List.of(SELF))).isZero();
        assertThat(taker.runs).isEmpty();

        copy.last(Frozen.self(run(0, 8)));
        assertThat(taker.runs).containsExactly(run(2, 3));
    }

    @Test
    void leavesToTheEndAProcessThatNoRoundHasMet() {
        tracker.pending = OptionalLong.of(0);
        tracker.next = List.of(run(0, 8));

        assertThat(copy.standing(List.of(SELF))).isZero();

        copy.last(Frozen.self(run(0, 8)));
        assertThat(taker.runs).containsExactly(run(0, 8));
    }

    @Test
    void handsOverAllOfAProcessThatNoRoundHasMet() {
        copy.last(Frozen.self(run(0, 3)));

        assertThat(taker.runs).containsExactly(run(0, 3));
        assertThat(tracker.calls).containsExactly("stands");
    }

    @Test
    void handsOverAllOfAProcessThatTheTrackerHasLost() {
        tracker.next = List.of(run(0, 4));
        copy.round(List.of(SELF));
        taker.runs.clear();
        tracker.next = List.of();
        tracker.follows = false;

        copy.last(Frozen.self(run(0, 4)));

        assertThat(taker.runs).containsExactly(run(0, 4));
    }

    @Test
    void doesNotTakeAProcessForAnotherThatHadItsNumber() {
        tracker.next = List.of(run(0, 4));
        copy.round(List.of(SELF));
        taker.runs.clear();
        Map<ProcessMemory, ProcessRef> another = new HashMap<>();
        another.put(TARGET, new ProcessRef(SELF.pid(), SELF.startTime() + 1));

        copy.last(new Frozen(another, List.of(run(0, 4))));

        assertThat(taker.runs).containsExactly(run(0, 4));
    }

    @Test
    void readsLongRunsInPieces() {
        int pages = 3 * PageSink.DATA_BYTES_MAX / PageRun.PAGE_BYTES - 7;

        copy.last(Frozen.self(run(0, pages)));

        assertThat(taker.runs).hasSize(3);
        assertThat(taker.runs.stream().mapToLong(PageRun::pages).sum()).isEqualTo(pages);
    }

    @Test
    void tellsOfProcessesThatHaveEnded() {
        copy.round(List.of(SELF));
        assertThat(taker.ended).isEmpty();

        copy.round(List.of());

        assertThat(taker.ended).containsExactly(TARGET);
    }

    @Test
    void forgetsProcessesWhenAllHaveBeenLookedAt() {
        copy.round(List.of(SELF));

        assertThat(tracker.calls).containsExactly("changed", "retain");
    }

    @Test
    void endsWithWhateverTheTrackerFailsWith() {
        DirtyTracker failing = new Told() {
            @Override
            public long changed(ProcessRef process, PageTarget target, PageSink sink) {
                throw new IllegalStateException("no memory");
            }
        };
        CopyAhead failed = new CopyAhead(failing, taker);
        List<ProcessRef> processes = List.of(SELF);

        assertThatThrownBy(() -> failed.round(processes)).hasMessage("no memory");
    }

    @Test
    void nothingIsReadForOneThatHasEnough() {
        List<PageRun> handed = new ArrayList<>();
        PageTaker modest = new PageTaker() {
            @Override
            public void pages(PageRun run, ByteBuffer data) {
                handed.add(run);
                data.position(data.limit());
            }

            @Override
            public boolean enough() {
                return handed.size() == 2;
            }
        };
        int far = 1 << 14; // 64 MiB, in many pieces
        copy.all(Frozen.self(run(0, 1), run(2, far)), modest);
        assertThat(handed).hasSize(2);
    }
}
