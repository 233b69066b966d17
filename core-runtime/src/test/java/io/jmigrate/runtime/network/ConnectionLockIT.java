package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.ConnectionLock.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two connections over the loopback of a network namespace, of which one is locked. */
@Timeout(30)
class ConnectionLockIT {
    /**
     * Tells the ports of both ends of the first one. Whatever comes then, it sends a byte over the first and one over the second, and tells
     * which of the two have something when the second has: what passes through a loopback is there at once.
     */
    private static final String TALK = """
            import select, socket, subprocess, sys
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
            server = socket.create_server(("127.0.0.1", 0))
            pairs = []
            for _ in range(2):
                near = socket.create_connection(server.getsockname())
                pairs.append((near, server.accept()[0]))
            print(pairs[0][0].getsockname()[1], server.getsockname()[1], flush=True)
            for line in sys.stdin:
                wanted = pairs if line == "both\\n" else pairs[1:]
                for near, _ in pairs:
                    near.send(b"x")
                for _, far in wanted:
                    select.select([far], [], [])
                print(*(len(select.select([far], [], [], 0)[0]) for _, far in pairs), flush=True)
                for _, far in wanted:
                    far.recv(100)
            """;

    private Process talk;
    private NetworkNamespace namespace;
    private Set<Ports> first;

    @BeforeEach
    void connect() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "network namespaces and nftables are root's");
        talk = new ProcessBuilder("unshare", "--net", "python3", "-I", "-c", TALK)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] ports = talk.inputReader().readLine().split(" ");
        int near = Integer.parseInt(ports[0]);
        int far = Integer.parseInt(ports[1]);
        first = Set.of(new Ports(near, far), new Ports(far, near));
        namespace = new NetworkNamespace(Path.of("/proc/" + talk.pid() + "/ns/net"));
    }

    @AfterEach
    void end() throws Exception {
        if (talk != null) {
            talk.destroy();
            talk.waitFor();
        }
    }

    @Test
    void holdsBackWhatItNamesAndNothingElse() throws Exception {
        assertThat(arrivals("both")).isEqualTo("1 1");

        try (ConnectionLock lock = lock()) {
            assertThat(arrivals("second")).isEqualTo("0 1");

            lock.unlock();
            assertThat(arrivals("both")).isEqualTo("1 1");
        }
        assertThat(tables()).isEmpty();
    }

    @Test
    void goesWithWhoeverMadeIt() throws Exception {
        lock().close();

        assertThat(tables()).isEmpty();
        assertThat(arrivals("both")).isEqualTo("1 1");
    }

    private ConnectionLock lock() {
        Optional<ConnectionLock> made = ConnectionLock.lock(namespace, first);
        assumeTrue(made.isPresent(), "this kernel's tables have no owners");
        return made.orElseThrow();
    }

    private String arrivals(String which) throws IOException {
        talk.outputWriter().write(which + "\n");
        talk.outputWriter().flush();
        return talk.inputReader().readLine();
    }

    private String tables() throws Exception {
        Process list = new ProcessBuilder("nsenter", "--net=" + namespace.path(), "nft", "list", "tables")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(list.getInputStream().readAllBytes());
        assertThat(list.waitFor()).isZero();
        return said;
    }
}
