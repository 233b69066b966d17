package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A container that makes as many processes as it can. */
class ForkBombIT extends OnRealHost {
    private static final int MOST = 24;

    @Test
    void isHeldByTheLimitAndGoesAsAWhole() throws IOException {
        TestBundle bundle = host.bundle()
                .shell("(while :; do sleep 1000 & done) 2>/dev/null; exec sleep 1000")
                .changed(config -> ((ObjectNode) config.get("linux"))
                        .withObject("resources")
                        .putObject("pids")
                        .put("limit", MOST));
        ContainerRecord record = host.start(bundle);
        Path cgroup = record.cgroup()
                .ofController("pids")
                .or(record.cgroup()::unified)
                .orElseThrow();
        await().untilAsserted(() ->
                assertThat(cgroup.resolve("pids.events")).content().doesNotContain("max 0"));

        assertThat(Integer.parseInt(
                        Files.readString(cgroup.resolve("pids.current")).strip()))
                .isBetween(MOST - 1, MOST);
        Failure failure = catchThrowableOfType(Failure.class, () -> host.exec(record.id(), "/bin/true"));
        assertThat(failure).hasMessageEndingWith(": resource temporarily unavailable");
        host.containers().delete().delete(new DeleteRequest(record.id(), true));
        assertThat(host.leftovers(record.id())).isEmpty();
    }
}
