package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An init that was killed and can't end, as somebody outside doesn't reap a process of its pid namespace. */
class LingeringInitIT extends OnRealHost {
    @Test
    void isAStoppedContainer() throws IOException {
        ContainerRecord record = host.start(host.bundle());
        ProcessRef init = record.state().init().orElseThrow();
        Process parent = entering(init);
        try {
            await().until(() -> parent.children().findAny().isPresent());
            Processes.kill((int) parent.pid(), Signal.STOP);

            host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, false));

            await().until(() ->
                    host.containers().inspect(record.id()).state().word().equals("stopped"));
            assertThat(Processes.alive(init)).as("it still is there").isTrue();
        } finally {
            parent.children().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
        await().untilAsserted(() -> host.containers().delete().delete(new DeleteRequest(record.id(), false)));
        assertThat(host.leftovers(record.id())).isEmpty();
    }

    /** A process whose child is in the container's pid namespace. */
    private static Process entering(ProcessRef init) throws IOException {
        return new ProcessBuilder(List.of(
                        "nsenter", "--target", Integer.toString(init.pid()), "--pid", "/bin/busybox", "sleep", "100"))
                .start();
    }
}
