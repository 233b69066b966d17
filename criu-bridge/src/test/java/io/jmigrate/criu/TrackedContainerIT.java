package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.RecordingSink;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.pages.track.TrackerChoice;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.pages.track.TrackingFacts;
import io.jmigrate.pages.track.UffdTracker;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose writes are noted, or were, is checkpointed as any other. */
@Timeout(120)
class TrackedContainerIT {
    private static final Path TRACK = Path.of(System.getProperty("jmigrate.native.dir"), "jmigrate-track");
    private static final int MEBIBYTES = 32;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private CheckedMemory memory;
    private ContainerId id;
    private List<ProcessRef> processes;
    private final List<String> remarks = new ArrayList<>();
    private UffdTracker tracker;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        assumeTrue(
                TrackerChoice.of(Optional.empty(), TrackingFacts.ofThisHost()).kind() == TrackerKind.UFFD,
                "this kernel notes no writes");
        memory = CheckedMemory.make(fixture, directory, "memory", MEBIBYTES);
        id = fixture.runShell("tracked", memory.bundle(), memory.streams());
        memory.awaitTicks();
        processes = Processes.inPidNamespaceOf(fixture.root(id));
        tracker = UffdTracker.start(fixture.launcher(), TRACK, MemoryScope.ANONYMOUS, remarks::add);
    }

    @AfterEach
    void close() {
        try {
            if (tracker != null) {
                tracker.close();
            }
        } finally {
            fixture.close();
            memory.close();
        }
    }

    private long round() {
        long bytes = 0;
        for (ProcessRef process : processes) {
            bytes += tracker.changed(process, new PageTarget.ProcessMemory(process.pid()), new RecordingSink());
        }
        return bytes;
    }

    private void checkpointAndRestore() {
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        fixture.restore().run(RestoreRequest.of(id, memory.bundle(), images, memory.streams()));
        memory.awaitTicks();
        assertThat(remarks).isEmpty();
    }

    @Test
    void whileItIsFollowed() {
        assertThat(round()).isGreaterThan((long) MEBIBYTES << 20);
        assertThat(remarks).isEmpty();
        assertThat(round()).isLessThan((long) MEBIBYTES << 19);

        checkpointAndRestore();
    }

    @Test
    void whenItIsFollowedNoMore() {
        round();
        tracker.close();
        tracker = null;
        memory.awaitTicks();

        checkpointAndRestore();
    }
}
