package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubCgroupsTest {
    private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory/web");
    private static final Path CPU = Path.of("/sys/fs/cgroup/cpu,cpuacct/web");
    private static final CgroupPaths CONTAINER = new CgroupPaths(List.of(
            new CgroupPlace(List.of("memory"), MEMORY.getParent(), MEMORY),
            new CgroupPlace(List.of("cpu", "cpuacct"), CPU.getParent(), CPU)));

    private static List<Path> below(String... texts) {
        return SubCgroups.below(CONTAINER, List.of(texts)).places().stream()
                .map(CgroupPlace::directory)
                .toList();
    }

    @Test
    void areTheContainersOwnUnlessAskedFor() {
        assertThat(below()).containsExactly(MEMORY, CPU);
    }

    @Test
    void areInAllHierarchiesWithoutAController() {
        assertThat(below("/jobs/one")).containsExactly(MEMORY.resolve("jobs/one"), CPU.resolve("jobs/one"));
    }

    @Test
    void areInThoseOfTheControllers() {
        assertThat(below("memory:a")).containsExactly(MEMORY.resolve("a"), CPU);
        assertThat(below("memory:a", "cpuacct:b")).containsExactly(MEMORY.resolve("a"), CPU.resolve("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "a/../../other", "memory:../other"})
    void areNeverOutOfTheContainers(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> below(text));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CONFIG);
        assertThat(failure).hasMessageContaining("leads out of the container's");
    }

    @Test
    void areRefusedWhenTheyContradictEachOther() {
        for (String[] texts :
                List.of(new String[] {"a", "b"}, new String[] {"memory:a", "memory:b"}, new String[] {"cpu,:a"})) {
            assertThat(catchThrowableOfType(Failure.class, () -> below(texts))).isNotNull();
        }
    }
}
