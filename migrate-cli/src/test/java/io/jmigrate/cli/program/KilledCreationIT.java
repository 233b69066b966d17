package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL for one of the processes that make a container, while a hook holds the creation at some moment. */
class KilledCreationIT extends InOneService {
    /** Who is killed. */
    enum Victim {
        FRONT,
        INIT,
        SERVICE
    }

    @BeforeAll
    static void requireContainers() {
        Busybox.requireContainers();
    }

    /** Who is at work at each of the moments, and once each of the others. */
    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of("createRuntime", Victim.FRONT),
                Arguments.of("createRuntime", Victim.INIT),
                Arguments.of("createRuntime", Victim.SERVICE),
                Arguments.of("createContainer", Victim.INIT),
                Arguments.of("startContainer", Victim.FRONT),
                Arguments.of("startContainer", Victim.SERVICE),
                Arguments.of("poststart", Victim.INIT));
    }

    /** Its hook says that it has begun, and waits until it is told to end. */
    private Path bundle(String kind) throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Path bundle = Busybox.bundle(directory, "sleep", "1000");
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(Files.readAllBytes(file));
        config.withArray("mounts")
                .addObject()
                .put("destination", "/data")
                .put("type", "bind")
                .put("source", shared.toString())
                .putArray("options")
                .add("bind");
        String place = kind.equals("startContainer") ? "/data" : shared.toString();
        ObjectNode hook = config.putObject("hooks").putArray(kind).addObject().put("path", "/bin/sh");
        hook.putArray("args")
                .add("sh")
                .add("-c")
                .add("cd " + place
                        + "; touch begun; i=0; while [ ! -e end ] && [ $i -lt 600 ]; do sleep 0.1; i=$((i+1)); done");
        hook.putArray("env").add("PATH=/bin:/usr/bin");
        Files.writeString(file, config.toPrettyString());
        return bundle;
    }

    @ParameterizedTest
    @MethodSource("moments")
    void leavesNothingThatDeleteForceDoesNotRemove(String kind, Victim victim) throws IOException {
        InstalledProgram fresh = InstalledProgram.in(directory);
        program = victim == Victim.SERVICE ? fresh.warm() : fresh.served();
        Path errors = directory.resolve("errors");
        Process front = program.startTelling(
                errors, "run", "--detach", "--bundle", bundle(kind).toString(), id);
        Path shared = directory.resolve("shared");
        await().until(() -> Files.exists(shared.resolve("begun")));

        victim(front, victim).destroyForcibly();
        Files.createFile(shared.resolve("end"));
        int status = InstalledProgram.status(front, "run");
        if (victim == Victim.SERVICE) {
            program.warm(); // the next one takes the place of the dead one
        }
        Called deleted = program.run("delete", "--force", id);

        assertThat(deleted.status()).as(deleted.err()).isZero();
        String said = Files.readString(errors); // whatever the init has told, too, until it was deleted
        assertThat(said).doesNotContain("Exception", "\tat ");
        if (victim == Victim.SERVICE) {
            assertThat(said).isEqualTo("jmigrate: the service went away before the command was complete\n");
        }
        if (victim == Victim.INIT && !kind.equals("poststart")) {
            assertThat(said).startsWith("jmigrate: ");
            assertThat(status).isEqualTo(ExitCode.FAILED.status());
        }
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertThat(Podman.cgroups(id)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(program.root().toString());
        await().untilAsserted(() -> assertThat(withIn(directory)).isEmpty());
    }

    private ProcessHandle victim(Process front, Victim victim) {
        return switch (victim) {
            case FRONT -> front.toHandle();
            case INIT -> initOf(front).orElseThrow();
            case SERVICE -> ServiceProcess.java(program);
        };
    }

    private static Optional<ProcessHandle> initOf(Process front) {
        return front.children().filter(child -> leads(child.pid())).findFirst();
    }

    /** Whether it is the first process of a pid namespace of its own. */
    private static boolean leads(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .anyMatch(line -> line.startsWith("NSpid:") && line.endsWith("\t1"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Processes whose root, directory or program lies in the bundle. */
    private static List<Path> withIn(Path directory) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> Stream.of("cwd", "exe")
                            .anyMatch(link -> leadsInto(process.resolve(link), directory.resolve("bundle"))))
                    .toList();
        }
    }

    private static boolean leadsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException e) {
            return false;
        }
    }
}
