package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cgroups of containers within others, in all hierarchies that the host has. */
class MadeParentsIT {
    private static final List<String> PATHS =
            List.of("/parent/one", "/parent/two", "/parent/three", "/parent/four", "/parent", "");
    private static final int TURNS = 500;

    private final String top = "jmcg" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void requireRoot() {
        assumeTrue(Processes.effectiveUid() == 0, "cgroups need root");
    }

    private Cgroup open(String path) {
        return Cgroups.ofHost().open(paths(path));
    }

    private CgroupPaths paths(String path) {
        return CgroupHierarchies.ofProcess((int) ProcessHandle.current().pid())
                .place(Optional.of("/" + top + path), "unused");
    }

    private List<Path> directories(String path) {
        return paths(path).places().stream().map(CgroupPlace::directory).toList();
    }

    @AfterEach
    void remove() throws IOException {
        for (String path : PATHS) {
            for (Path directory : directories(path)) {
                Files.deleteIfExists(directory);
            }
        }
    }

    @Test
    void areRemovedWithTheLastContainerInThem() {
        Cgroup one = open("/parent/one");
        Cgroup two = open("/parent/two");
        one.create();
        two.create();

        one.destroy(Patience.LIMIT);
        assertThat(directories("/parent/two")).allMatch(Files::isDirectory);
        two.destroy(Patience.LIMIT);

        assertThat(directories("")).noneMatch(Files::exists);
    }

    @Test
    void stayWhereTheyWereBefore() throws IOException {
        for (Path directory : directories("")) {
            Files.createDirectory(directory);
        }
        Cgroup cgroup = open("/parent/one");
        cgroup.create();

        cgroup.delete(Patience.LIMIT);

        assertThat(directories("/parent")).noneMatch(Files::exists);
        assertThat(directories("")).allMatch(Files::isDirectory);
    }

    /** Each makes its own below those of all, and removes them with it when it is the last. */
    @Test
    void areThereForWhoeverNeedsThemWhileOthersRemoveThem() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> all = Stream.of("one", "two", "three", "four")
                    .map(name -> comesAndGoes("/parent/" + name))
                    .toList();
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        }
        assertThat(directories("")).noneMatch(Files::exists);
    }

    private Callable<Void> comesAndGoes(String path) {
        return () -> {
            Cgroup cgroup = open(path);
            for (int turn = 0; turn < TURNS; turn++) {
                cgroup.create();
                assertThat(directories(path)).allMatch(Files::isDirectory);
                cgroup.destroy(Patience.LIMIT);
            }
            return null;
        };
    }
}
