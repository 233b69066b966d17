package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.cgroup.FrozenCgroups;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that a cgroup keeps from running: whatever comes of an attempt at them, they go on afterwards as what they were. */
@Timeout(60)
class HeldBackProcessIT {
    private static final String NAME =
            "jmigrate-held-back-" + ProcessHandle.current().pid();

    private StartedTrackProgram started;
    private TrackProgram program;

    @BeforeEach
    void open() {
        started = StartedTrackProgram.open();
        program = started.program();
    }

    @AfterEach
    void close() {
        if (started != null) {
            started.close();
        }
    }

    /** A cgroup that is there until this is closed; its processes have ended by then. */
    private record Group(Path path) implements AutoCloseable {
        static Group in(Path hierarchy) throws IOException {
            return new Group(Files.createDirectory(hierarchy.resolve(NAME)));
        }

        void set(String file, String value) throws IOException {
            Files.writeString(path.resolve(file), value);
        }

        void take(Workload workload) throws IOException {
            set("cgroup.procs", Long.toString(workload.process().pid()));
        }

        @Override
        public void close() {
            await().atMost(Workload.LIMIT).ignoreExceptions().until(() -> Files.deleteIfExists(path));
        }
    }

    private static Optional<Path> hierarchy(String type, String option) throws IOException {
        return MountInfo.parse(Files.readString(Path.of("/proc/self/mountinfo"))).stream()
                .filter(mount -> mount.fstype().equals(type))
                .filter(mount -> option.isEmpty() || (',' + mount.superOptions() + ',').contains(',' + option + ','))
                .map(mount -> Path.of(mount.mountPoint()))
                .findFirst();
    }

    private Workload reading() throws Exception {
        Workload workload = Workload.start(Workload.compiled("blocked"), "read");
        assertThat(workload.process().inputReader().readLine()).isEqualTo("ready");
        return workload;
    }

    private static void assertGoesOn(Workload workload) throws IOException {
        workload.process().outputWriter().append('x').flush();
        assertThat(workload.process().inputReader().readLine()).startsWith("read 1 0 ");
    }

    @Test
    void oneThatIsFrozenIsRefusedAndThawsAsWhatItWas() throws Exception {
        Optional<Path> unified = hierarchy("cgroup2", "");
        assumeTrue(unified.isPresent(), "this host has no cgroups of version 2");
        try (Group group = Group.in(unified.get());
                Workload workload = reading()) {
            group.take(workload);
            group.set("cgroup.freeze", "1");
            try {
                await().atMost(Workload.LIMIT)
                        .until(() -> FrozenCgroups.hold(workload.root().pid()));
                for (int attempt = 0; attempt < 2; attempt++) {
                    assertThat(program.attach(workload.root()))
                            .isInstanceOfSatisfying(Attachment.Refused.class, refused -> assertThat(refused.lasting())
                                    .isFalse());
                }
            } finally {
                group.set("cgroup.freeze", "0");
            }

            assertThat(Workload.userfaultfds(workload.root())).isZero();
            assertGoesOn(workload);
        }
    }

    @Test
    void oneWithoutProcessorTimeGoesOnAsWhatItWas() throws Exception {
        Optional<Path> cpu = hierarchy("cgroup", "cpu");
        assumeTrue(cpu.isPresent(), "this host has no controller of version 1 for processor time");
        try (Group group = Group.in(cpu.get());
                Workload burning = Workload.start("sh", "-c", "while :; do :; done");
                Workload workload = reading()) {
            group.set("cpu.cfs_period_us", "1000000");
            group.set("cpu.cfs_quota_us", "1000");
            try {
                group.take(burning);
                group.take(workload);
                for (int attempt = 0; attempt < 3; attempt++) {
                    if (program.attach(workload.root()) instanceof Attachment.Attached attached) {
                        attached.userfaultfd().close();
                    }
                }
            } finally {
                group.set("cpu.cfs_quota_us", "-1");
            }

            assertGoesOn(workload);
        }
    }

    @Test
    void oneThatIsFrozenInVersion1IsRefusedAndThawsAsWhatItWas() throws Exception {
        Optional<Path> freezer = hierarchy("cgroup", "freezer");
        assumeTrue(freezer.isPresent(), "this host has no freezer of version 1");
        try (Group group = Group.in(freezer.get());
                Workload workload = reading()) {
            group.take(workload);
            group.set("freezer.state", "FROZEN");
            try {
                await().atMost(Workload.LIMIT)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> Files.readString(group.path().resolve("freezer.state"))
                                .startsWith("FROZEN"));
                assertThat(program.attach(workload.root())).isInstanceOf(Attachment.Refused.class);
            } finally {
                group.set("freezer.state", "THAWED");
            }

            assertGoesOn(workload);
        }
    }
}
