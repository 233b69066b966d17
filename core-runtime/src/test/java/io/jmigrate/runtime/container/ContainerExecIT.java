package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where an executed process lands, and when. */
class ContainerExecIT extends OnRealHost {
    private ContainerRecord record;

    @BeforeEach
    void prepare() {
        record = host.start(host.bundle());
    }

    private ExitStatus execute(List<String> subCgroups, boolean ignoresPaused, StandardStreams streams, String script) {
        Child child = host.containers()
                .exec()
                .exec(new ExecRequest(
                        record.id(),
                        ExecProcess.of("/bin/sh", "-c", script),
                        streams,
                        Console.none(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        subCgroups,
                        ignoresPaused,
                        false));
        return child.await();
    }

    /** One in which no hierarchy wants something set first, as cpuset does. */
    private CgroupPlace place() {
        return record.cgroup().places().stream()
                .filter(place -> place.isVersion2() || place.controllers().contains("pids"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isInTheCgroupThatIsAskedFor() throws IOException {
        CgroupPlace place = place();
        Path sub = Files.createDirectory(place.directory().resolve("sub"));
        String asked = place.isVersion2() ? "sub" : "pids:sub";

        List<String> lines = host.capture(streams -> execute(List.of(asked), false, streams, "cat /proc/self/cgroup"))
                .output();

        assertThat(lines).filteredOn(line -> line.endsWith("/sub")).hasSize(1);
        Files.delete(sub);
        Failure failure = catchThrowableOfType(
                Failure.class, () -> host.capture(streams -> execute(List.of(asked), false, streams, "true")));
        assertThat(failure).hasMessageContaining("/sub: no such file or directory");
    }

    @Test
    void waitsInAPausedContainerIfThatIsToBeIgnored() {
        host.containers().pause().pause(record.id());
        Failure refused = catchThrowableOfType(
                Failure.class, () -> host.capture(streams -> execute(List.of(), false, streams, "true")));
        assertThat(refused.code()).isEqualTo(RuntimeCode.WRONG_STATE);

        CompletableFuture<RealHost.Outcome> outcome = CompletableFuture.supplyAsync(
                () -> host.capture(streams -> execute(List.of(), true, streams, "exit 8")));
        await().until(() -> host.containers().ps().pids(record.id()).size() > 1);
        assertThat(outcome).isNotDone();
        host.containers().pause().resume(record.id());

        assertThat(outcome.join().status().code()).isEqualTo(8);
        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, false));
    }
}
