package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateJsonTest {
    private static final ContainerId ID = ContainerId.of("web");
    private static final ProcessRef PROCESS = new ProcessRef(4711, 998877);

    static ContainerRecord record(ContainerState state) {
        return new ContainerRecord(
                ID,
                "1.0.2",
                Path.of("/bundles/web"),
                Path.of("/bundles/web/rootfs"),
                Instant.parse("2026-11-24T04:10:27.502870588Z"),
                1000,
                Map.of("key", "value with \"quotes\"", "io.jmigrate.network", "{}"),
                state,
                new CgroupPaths(
                        List.of(
                                new CgroupPlace(
                                        List.of("cpu", "cpuacct"),
                                        Path.of("/sys/fs/cgroup/cpu,cpuacct"),
                                        Path.of("/sys/fs/cgroup/cpu,cpuacct/web")),
                                new CgroupPlace(
                                        List.of(),
                                        Path.of("/sys/fs/cgroup/unified"),
                                        Path.of("/sys/fs/cgroup/unified/web"))),
                        Optional.of("p-web.scope")),
                Optional.of(Path.of("/run/jmigrate/web/netns")),
                Optional.of("_ses.web"),
                true);
    }

    static List<ContainerState> states() {
        return List.of(
                new ContainerState.Creating(),
                new ContainerState.Created(PROCESS),
                new ContainerState.Running(PROCESS),
                new ContainerState.Paused(PROCESS, true),
                new ContainerState.Paused(PROCESS, false),
                new ContainerState.Stopped(OptionalInt.empty()),
                new ContainerState.Stopped(OptionalInt.of(137)));
    }

    @ParameterizedTest
    @MethodSource("states")
    void keepsEveryFieldInEveryState(ContainerState state) {
        ContainerRecord record = record(state);

        assertThat(StateJsonReader.read(ID, StateJson.write(record))).isEqualTo(record);
    }

    @Test
    void refusesEveryTornFile() {
        byte[] whole = StateJson.write(record(new ContainerState.Running(PROCESS)));

        for (int length = 0; length < whole.length - 2; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StateJsonReader.read(ID, torn))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .isEqualTo(RuntimeCode.STATE_UNREADABLE));
        }
    }

    @Test
    void refusesAnotherVersionAndAnotherContainer() {
        String json = new String(StateJson.write(record(new ContainerState.Creating())), StandardCharsets.UTF_8);
        byte[] newer =
                json.replaceFirst("\"version\"\\s*:\\s*1", "\"version\": 99").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> StateJsonReader.read(ID, newer))
                .hasMessageStartingWith("the state of container \"web\" can't be read")
                .satisfies(e ->
                        assertThat(((Failure) e).details()).containsExactly("$.version: is 99, this program knows 1"));
        assertThatThrownBy(() -> StateJsonReader.read(ContainerId.of("other"), json.getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(((Failure) e).details()).containsExactly("$.id: is \"web\""));
    }
}
