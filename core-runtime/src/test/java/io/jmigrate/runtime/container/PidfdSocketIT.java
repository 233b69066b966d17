package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.plan.RootEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Descriptors of processes, for whoever listens. */
class PidfdSocketIT extends OnRealHost {
    private CreateRequest request(ContainerId id, Path socket, Fd nothing) {
        return new CreateRequest(
                id,
                host.bundle().directory(),
                new StandardStreams(nothing, nothing, nothing),
                Console.none(),
                Optional.empty(),
                Optional.of(socket),
                RootEntry.PIVOT,
                false,
                List.of(),
                0);
    }

    /** @return what is said with it, and the pid that the descriptor stands for */
    private static String received(Fd listening) throws IOException {
        try (Fd connection = Sockets.accept(listening)) {
            Received message = Sockets.receive(connection, 100, 1);
            try (Fd process = message.fds().getFirst()) {
                String pid = Files.readAllLines(Path.of("/proc/self/fdinfo/" + process.number())).stream()
                        .filter(line -> line.startsWith("Pid:"))
                        .findFirst()
                        .orElseThrow()
                        .substring("Pid:".length())
                        .strip();
                return StandardCharsets.US_ASCII.decode(message.data()) + " " + pid;
            }
        }
    }

    @Test
    void areSentOfTheInitAndOfWhatIsExecuted() throws IOException {
        Path socket = host.files().resolve("pidfd.sock");
        ContainerId id = RealHost.newId();
        try (Fd listening = Sockets.listen(socket, 0600);
                Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            ContainerRecord record = host.containers().run().detached(request(id, socket, nothing));
            assertThat(received(listening))
                    .isEqualTo("standard " + record.state().init().orElseThrow().pid());
            int executed = host.containers()
                    .exec()
                    .exec(new ExecRequest(
                            id,
                            ExecProcess.of("/bin/sleep", "100"),
                            new StandardStreams(nothing, nothing, nothing),
                            Console.none(),
                            Optional.empty(),
                            Optional.of(socket),
                            List.of(),
                            List.of(),
                            false,
                            false))
                    .pid();
            assertThat(received(listening)).isEqualTo("setns " + executed);
        }
    }

    @Test
    void undoTheContainerIfNobodyListens() {
        Path socket = host.files().resolve("none.sock");
        ContainerId id = RealHost.newId();
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            assertThatThrownBy(() -> host.containers().create().create(request(id, socket, nothing)))
                    .hasMessageMatching("cannot send the descriptor of process \\d+ to the socket " + socket
                            + ": no such file or directory");
        }
        assertThat(host.leftovers(id)).isEmpty();
    }
}
