package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The suite, and which processes are followed by what the kernel notes. */
class UffdTrackerIT extends TrackerConformance {
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    @Override
    DirtyTracker open() {
        assumeTrue(KernelProbe.writesNoted() && KernelProbe.pagemapScan(), "this kernel notes no writes");
        return UffdTracker.start(launcher, NATIVE.resolve("jmigrate-track"), remarks::add);
    }

    private long follow(ProcessRef process) {
        return tracker.changed(process, new PageTarget.ProcessMemory(process.pid()), new SparseStore());
    }

    private void assertFollowed(ProcessRef process) throws IOException {
        assertThat(remarks).isEmpty();
        assertThat(tracker.pending(process)).isPresent();
        assertThat(Workload.userfaultfds(process))
                .as("what a dump would refuse")
                .isZero();
    }

    @Test
    void tellsWhatIsPendingWithoutTakingIt() throws Exception {
        try (Workload turmoil = turmoil(6)) {
            ProcessRef root = turmoil.root();
            follow(root);
            turmoil.freeze();
            long pending = tracker.pending(root).orElseThrow();

            assertThat(tracker.pending(root)).hasValue(pending);
            assertThat(follow(root)).isEqualTo(pending);
            assertThat(tracker.pending(root)).hasValue(0);
            assertFollowed(root);
        }
    }

    @Test
    void writesOfAProcessThatGoesOnAreFoundAlone() throws Exception {
        Path program = Workload.compiled("memory", directory);
        try (Workload memory = Workload.start(program, directory.resolve("report"), 64, 1)) {
            ProcessRef root = memory.root();
            await().atMost(Workload.LIMIT).until(() -> follow(root) > 0 && Files.exists(directory.resolve("report")));
            follow(root);
            long again = follow(root);

            assertThat(again).isPositive().isLessThan(8 << 20);
            memory.assertRuns();
            assertFollowed(root);
        }
    }
}
