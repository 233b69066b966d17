package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.spec.ResourcesChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits that change while the container runs, as the kernel holds them. */
class ContainerUpdateIT extends OnRealHost {
    private static final long MIB = 1 << 20;

    private ContainerRecord record;

    @BeforeEach
    void prepare() {
        assumeTrue(
                Files.exists(Path.of("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes")),
                "this host has no v1 memory controller that counts swap");
        record = host.start(host.bundle().changed(config -> config.get("linux")
                .withObject("/resources/memory")
                .put("limit", 64 * MIB)
                .put("swap", 64 * MIB)));
    }

    private void update(String json) {
        host.containers().update().update(record.id(), change(json));
    }

    private static ResourcesChange change(String json) {
        return ResourcesChange.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "change.json");
    }

    private String file(String controller, String name) {
        try {
            return Files.readString(record.cgroup()
                            .ofController(controller)
                            .orElseThrow()
                            .resolve(name))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> memory() {
        return List.of(file("memory", "memory.limit_in_bytes"), file("memory", "memory.memsw.limit_in_bytes"));
    }

    @Test
    void goUpAndDownWhateverTheirOrder() {
        update("{'memory': {'limit': " + 256 * MIB + ", 'swap': " + 512 * MIB + "}}");
        assertThat(memory()).containsExactly(Long.toString(256 * MIB), Long.toString(512 * MIB));

        update("{'memory': {'limit': " + 32 * MIB + ", 'swap': " + 32 * MIB + "}}");
        assertThat(memory()).containsExactly(Long.toString(32 * MIB), Long.toString(32 * MIB));

        update("{'memory': {'limit': -1, 'swap': -1}}");
        assertThat(memory()).allMatch(text -> text.length() > 15);

        update("{'cpu': {'quota': 30000, 'period': 60000}, 'pids': {'limit': 9}}");
        assertThat(file("cpu", "cpu.cfs_quota_us")).isEqualTo("30000");
        assertThat(file("cpu", "cpu.cfs_period_us")).isEqualTo("60000");
        update("{'cpu': {'quota': 5000, 'period': 5000}}");
        assertThat(file("cpu", "cpu.cfs_quota_us")).isEqualTo("5000");
        assertThat(file("cpu", "cpu.cfs_period_us")).isEqualTo("5000");
        assertThat(file("pids", "pids.max")).isEqualTo("9");
        assertThat(host.exec(record.id(), "/bin/cat", "/sys/fs/cgroup/pids/pids.max")
                        .output())
                .containsExactly("9");
    }

    @Test
    void areKeptWithTheContainer() {
        update("{'pids': {'limit': 9}}");
        update("{'memory': {'limit': " + 32 * MIB + "}}");

        var limits = host.containers().store().config(record).resources();
        assertThat(limits.pidsMax()).hasValue(9L);
        assertThat(limits.memory().limit()).hasValue(32 * MIB);
        assertThat(limits.memory().swap()).hasValue(64 * MIB);
        assertThat(host.containers().store().change(record.id()))
                .isEqualTo(change("{'pids': {'limit': 9}, 'memory': {'limit': " + 32 * MIB + "}}"));
    }

    @Test
    void areAsBeforeWhenOneIsRefused() {
        List<String> before = memory();

        Failure refused = catchThrowableOfType(
                Failure.class,
                () -> update("{'memory': {'limit': " + 32 * MIB + "}, 'pids': {'limit': 9223372036854775807}}"));

        assertThat(refused.code()).isEqualTo(RuntimeCode.LIMIT_REFUSED);
        assertThat(refused).hasMessageContaining("pids.max for $.linux.resources.pids.limit: ");
        assertThat(memory()).isEqualTo(before);
        assertThat(host.containers().store().config(record).resources().memory().limit())
                .hasValue(64 * MIB);
    }

    @Test
    void areRefusedWithEveryProblemBeforeAnythingChanges() {
        List<String> before = memory();

        Failure invalid = catchThrowableOfType(
                Failure.class, () -> update("{'memory': {'limit': 1, 'swap': 'x'}, 'cpu': {'idle': 5}}"));

        assertThat(invalid.code()).isEqualTo(RuntimeCode.INVALID_CONFIG);
        assertThat(invalid.details()).hasSize(2);
        assertThat(memory()).isEqualTo(before);
    }

    @Test
    void areNotThoseOfAStoppedContainer() {
        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, true));
        Awaitility.await()
                .until(() -> host.containers().inspect(record.id()).state() instanceof ContainerState.Stopped);

        assertThat(catchThrowableOfType(Failure.class, () -> update("{'pids': {'limit': 9}}")))
                .hasMessage("cannot update container \"" + record.id() + "\": it is stopped");
    }
}
