package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.linux.Signal;
import org.junit.jupiter.api.Test;

/** What the kernel counts of a real container. */
class ContainerStatisticsIT extends OnRealHost {
    @Test
    void growWithWhatTheContainerDoes() {
        TestBundle bundle = host.bundle().shell("while :; do :; done").changed(config -> config.get("linux")
                .withObject("/resources/pids")
                .put("limit", 40));
        ContainerRecord record = host.start(bundle);

        await().until(() -> statistics(record).cpu().totalNanos() > 50_000_000);
        Statistics read = statistics(record);
        assertThat(read.tasks()).isEqualTo(1);
        assertThat(read.tasksMax()).isEqualTo(40);
        assertThat(read.memory().memory().used()).isPositive();
        assertThat(read.memory().oomKills()).isZero();
    }

    @Test
    void countProcessesThatAreKilledForLackOfMemory() {
        TestBundle bundle = host.bundle().changed(config -> config.get("linux")
                .withObject("/resources/memory")
                .put("limit", 16 << 20)
                .put("swap", 16 << 20));
        ContainerRecord record = host.start(bundle);

        host.exec(record.id(), "/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1");

        assertThat(statistics(record).memory().oomKills()).isPositive();
    }

    @Test
    void areNotThoseOfAStoppedContainer() {
        ContainerRecord record = host.start(host.bundle());
        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, true));
        await().until(() -> host.containers().statistics().find(record.id()).isEmpty());

        assertThatThrownBy(() -> statistics(record)).hasMessageEndingWith("it is stopped");
    }

    private Statistics statistics(ContainerRecord record) {
        return host.containers().statistics().read(record.id()).statistics();
    }
}
