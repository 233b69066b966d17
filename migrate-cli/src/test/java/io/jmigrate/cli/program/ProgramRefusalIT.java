package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program refuses, and how it says so. */
class ProgramRefusalIT extends InOneService {
    @BeforeEach
    void open() {
        program = InstalledProgram.in(directory).served();
    }

    private void refused(Called called, String sentence) {
        assertThat(called.err()).startsWith("jmigrate: " + sentence);
        assertThat(called.err()).doesNotContain("Exception", "\tat ");
        assertThat(called.out()).isEmpty();
        assertThat(called.status()).isEqualTo(ExitCode.FAILED.status());
    }

    @Test
    void refusesAnIdThatIsNoName() {
        for (String name : List.of("a/b", "..", "../x", "/etc", "a b", ".")) {
            refused(program.run("state", "--", name), "the container id \"" + name + "\" may only have letters");
            refused(program.run("create", "--", name), "the container id \"" + name + "\" may only have letters");
        }
    }

    @Test
    void refusesAContainerThatDoesNotExist() {
        for (String verb : List.of("state", "start", "kill", "delete", "ps", "pause", "resume", "checkpoint")) {
            refused(program.run(verb, id), "container \"" + id + "\" does not exist\n");
        }
    }

    @Test
    void refusesWhatTheStateForbids() {
        Busybox.requireContainers();
        String bundle = Busybox.bundle(directory, "sleep", "300").toString();
        assertThat(program.run("create", "-b", bundle, id).status()).isZero();

        refused(program.run("resume", id), "cannot resume container \"" + id + "\": it is created\n");
        assertThat(program.run("start", id).status()).isZero();
        refused(program.run("start", id), "cannot start container \"" + id + "\": it is running\n");
        refused(program.run("delete", id), "cannot delete container \"" + id + "\": it is running\n");
        refused(program.run("create", "-b", bundle, id), "container \"" + id + "\" exists already\n");
        assertThat(program.run("pause", id).status()).isZero();
        Called exec = program.run("exec", id, "true");
        assertThat(exec.status()).isEqualTo(ExitCode.EXEC_FAILED.status());
        assertThat(exec.err()).startsWith("jmigrate: cannot exec in container \"" + id + "\": it is paused\n");
    }

    @Test
    void refusesABundleWithoutConfigOrRootFilesystem() throws IOException {
        refused(
                program.run("run", "-b", "nowhere", id),
                directory.resolve("nowhere/config.json") + " does not exist\n");
        Path bundle = Files.createDirectory(directory.resolve("bundle"));
        assertThat(program.run("spec", "--bundle", "bundle").status()).isZero();
        refused(
                program.run("run", "-b", "bundle", id),
                bundle.resolve("config.json") + " is not valid: 1 problem\n" + "    $.root.path: does not exist: "
                        + bundle.resolve("rootfs") + "\n");
    }

    @Test
    void refusesAConfigThatIsNotJson() throws IOException {
        Path bundle = Files.createDirectory(directory.resolve("bundle"));
        Files.writeString(bundle.resolve("config.json"), "{\"ociVersion\": ");
        refused(program.run("create", "-b", "bundle", id), bundle.resolve("config.json") + " is not JSON: ");
    }

    @Test
    void tellsAllProblemsOfAConfigAtOnce() throws IOException {
        Path bundle =
                Files.createDirectories(directory.resolve("bundle/rootfs")).getParent();
        Files.writeString(bundle.resolve("config.json"), """
                {"ociVersion": "one", "root": {"path": "rootfs"}, "hostname": 5,
                 "process": {"args": [], "cwd": "tmp", "user": {"uid": -1, "gid": 0}},
                 "mounts": [{"destination": "here"}],
                 "linux": {"namespaces": [{"type": "mount"}, {"type": "moon"}], "seccomp": {"defaultAction": "SCMP_ACT_ALLOW"}}}
                """);
        Called called = program.run("create", "-b", "bundle", id);

        refused(called, bundle.resolve("config.json") + " is not valid: ");
        assertThat(called.err()
                        .lines()
                        .filter(line -> line.startsWith("    $."))
                        .map(line -> line.strip().split(": ")[0]))
                .contains(
                        "$.ociVersion",
                        "$.hostname",
                        "$.process.args",
                        "$.process.cwd",
                        "$.process.user.uid",
                        "$.mounts[0].type",
                        "$.linux.namespaces[1].type");
        assertThat(program.run("list", "-q").out()).isEmpty();
    }

    @Test
    void namesAFailedStepByTheNumberThatThePlanGivesIt() throws IOException {
        Busybox.requireContainers();
        Path bundle = Busybox.bundle(directory, "true");
        Path config = bundle.resolve("config.json");
        String mount = "{\"destination\": \"/data\", \"source\": \"x\", \"type\": \"nosuchfs\"}";
        Files.writeString(config, Files.readString(config).replaceFirst("\"mounts\": *\\[", "$0" + mount + ","));
        Called called = program.run("create", "-b", bundle.toString(), id);

        refused(called, "mount nosuchfs onto /data: no such device\n    step ");
        String number = called.err().lines().toList().get(1).strip().split(" ")[1];
        assertThat(called.err()).contains("    step " + number + " of the plan\n");
        assertThat(program.run("plan", bundle.toString()).out().lines().map(String::strip))
                .anyMatch(line -> line.startsWith(number + " mount source=x target=/data "));
    }

    @Test
    void namesAProgramThatIsNotThereAsRuncDoes() {
        Busybox.requireContainers();
        String bundle = Busybox.bundle(directory, "nosuch").toString();
        for (String verb : List.of("create", "run")) {
            Called called = program.run(verb, "-b", bundle, id);
            assertThat(called.status()).isEqualTo(ExitCode.COMMAND_NOT_FOUND.status());
            assertThat(called.err()).startsWith("jmigrate: exec: \"nosuch\": executable file not found in $PATH\n");
        }
        assertThat(program.run("list", "-q").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "nowhere/pid", "."})
    void makesNoContainerWhosePidCanNotBeWrittenDown(String file) {
        Busybox.requireContainers();
        String bundle = Busybox.bundle(directory, "sleep", "300").toString();
        Descriptors.makeFifo(directory.resolve("fifo"), 0600);
        refused(
                program.run("run", "--detach", "--bundle", bundle, "--pid-file", file, id),
                "cannot write the pid file " + directory.resolve(file).normalize() + ": ");
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertThat(Files.isRegularFile(directory.resolve("fifo"))).isFalse();
    }

    @Test
    void saysThatItsOutputIsLost() {
        Called called = program.redirected("exec > /dev/full", "version");
        assertThat(called.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(called.err()).isEqualTo("jmigrate: standard output does not take what is to be printed\n");
    }

    @Test
    void doesNotTakeSomebodysFileForItsSocket() throws IOException {
        Path file = Files.writeString(directory.resolve("mine"), "content");
        refused(
                InstalledProgram.in(directory)
                        .with(InstalledProgram.SOCKET_VARIABLE, file.toString())
                        .run("service", "run"),
                file + " exists and is no socket: it is left alone");
        assertThat(file).hasContent("content");
    }

    @Test
    void doesNotMakeANodeTwice() {
        assertThat(program.run("node", "init").status()).isZero();
        refused(
                program.run("node", "init"),
                "this node has a key already in " + program.root().resolve("node") + "\n");
        Called called = program.run("node", "serve", "--listen", "192.0.2.1:7070");
        refused(called, "cannot listen on 192.0.2.1:7070: ");
        assertThat(called.err()).contains("  to do: choose an address of this machine");
        assertThat(program.run("node", "pair", "--to", "127.0.0.1:1", "--code", "X")
                        .err())
                .startsWith("jmigrate: cannot connect to 127.0.0.1:1: connection refused\n");
    }

    @Test
    void doesNotOverwriteAConfig() throws IOException {
        Files.writeString(directory.resolve("config.json"), "mine");
        refused(program.run("spec"), directory.resolve("config.json") + " exists: it is not overwritten\n");
        assertThat(directory.resolve("config.json")).hasContent("mine");
    }
}
