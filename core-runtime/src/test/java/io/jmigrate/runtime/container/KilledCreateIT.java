package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runtime that is killed with SIGKILL at some moment of a creation. */
class KilledCreateIT extends OnRealHost {
    /** The runtime that is killed: says that it begins, creates a container, and says that it is done. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            Path nothing = Path.of("/dev/null");
            try (FrontConnection launcher = Launchers.open(RealHost.NATIVE.resolve("jmigrate"));
                    Fd streams = Descriptors.open(nothing, OpenFlag.READ_WRITE)) {
                Containers containers = Containers.at(Path.of(args[0]), launcher, RealHost.NATIVE);
                System.out.println("begin");
                containers
                        .create()
                        .create(CreateRequest.of(
                                ContainerId.of(args[1]),
                                Path.of(args[2]),
                                new StandardStreams(streams, streams, streams)));
                System.out.println("done");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 150, 300})
    void leavesNothingThatDeleteForceDoesNotRemove(int millis) throws Exception {
        ContainerId id = RealHost.newId();
        Process victim = begin(id);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        victim.destroyForcibly().waitFor();

        host.containers().delete().delete(new DeleteRequest(id, true));

        assertThat(host.leftovers(id)).isEmpty();
        await().untilAsserted(() ->
                assertThat(processesIn(host.root().resolve(id.value()))).isZero());
    }

    private Process begin(ContainerId id) throws IOException {
        Process victim = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djmigrate.native.dir=" + RealHost.NATIVE,
                        "-Djava.library.path=" + System.getProperty("java.library.path"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        host.root().toString(),
                        id.value(),
                        host.bundle().directory().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] word = victim.getInputStream().readNBytes("begin".length());
        assertThat(new String(word, StandardCharsets.UTF_8)).isEqualTo("begin");
        return victim;
    }

    /** Native inits that still hold a descriptor below a directory. */
    private static long processesIn(Path directory) throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .filter(entry -> holds(entry.resolve("fd"), directory))
                    .count();
        }
    }

    private static boolean holds(Path descriptors, Path directory) {
        try (var links = Files.list(descriptors)) {
            return links.anyMatch(link -> pointsInto(link, directory));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean pointsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException e) {
            return false;
        }
    }
}
