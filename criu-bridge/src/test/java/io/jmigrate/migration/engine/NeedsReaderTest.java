package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.Port;
import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsReaderTest {
    /** This process shares all namespaces with itself. */
    @Test
    void readsPortsAndNumbersInNamespacesOfTheHost() throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ContainerNeeds needs = NeedsReader.of(List.of(pid));
            assertThat(needs.pids()).contains(pid).hasSizeGreaterThan(1);
            assertThat(needs.ports()).extracting(Port::number).contains(socket.getLocalPort());
            assertThat(needs.monotonicMillis()).isPositive();
        }
    }

    @Test
    void needsNothingForWhatHasEnded() {
        ContainerNeeds needs = NeedsReader.of(List.of(Integer.MAX_VALUE));
        assertThat(needs.pids()).isEmpty();
        assertThat(needs.ports()).isEmpty();
        assertThat(needs.labels()).isEmpty();
    }

    @Test
    void knowsShadowStacks() {
        assertThat(NeedsReader.hasShadowStack(new ProcStatus("Name:\tweb\nx86_Thread_features:\tshstk wrss\n")))
                .isTrue();
        assertThat(NeedsReader.hasShadowStack(
                        new ProcStatus("Name:\tweb\nx86_Thread_features:\t\nx86_Thread_features_locked:\tshstk\n")))
                .isFalse();
        assertThat(NeedsReader.hasShadowStack(new ProcStatus("Name:\tweb\n"))).isFalse();
    }

    @Test
    void knowsLabelsThatConfine() {
        assertThat(NeedsReader.isConfining("unconfined\n")).isFalse();
        assertThat(NeedsReader.isConfining("kernel\0")).isFalse();
        assertThat(NeedsReader.isConfining("\0")).isFalse();
        assertThat(NeedsReader.isConfining("docker-default (enforce)\n")).isTrue();
        assertThat(NeedsReader.isConfining("system_u:system_r:container_t:s0\0"))
                .isTrue();
    }
}
