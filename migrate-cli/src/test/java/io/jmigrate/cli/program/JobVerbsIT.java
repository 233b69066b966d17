package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that runs in no container, which is looked at, saved, and brought back twice. */
@Timeout(300)
class JobVerbsIT extends InOneService {
    private static final Called DONE = new Called(0, "", "");
    private static final int USAGE = 2;
    private static final int REFUSED = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String COUNT =
            "exec 5>>count; i=0; while [ ! -e stop ]; do i=$((i+1)); echo $i >&5; sleep 0.02;" + " done; exit 7";

    /** Says a number on a connection now and then. */
    private static final String CALL =
            "exec 6<>/dev/tcp/127.0.0.1/$1; i=0; while echo $i >&6; do i=$((i+1)); sleep 0.02; done";

    private Process job;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        CheckpointingPodman.criu(); // skips where there is none
        program = InstalledProgram.in(directory).served();
        job = new ProcessBuilder("setsid", "bash", "-c", COUNT)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("output").toFile())
                .redirectErrorStream(true)
                .start();
        await().atMost(LIMIT).until(() -> lines() > 2);
    }

    @AfterEach
    void end() throws IOException {
        Files.writeString(directory.resolve("stop"), ""); // restored ones end by themselves
        job.destroyForcibly();
    }

    private long lines() throws IOException {
        Path count = directory.resolve("count");
        return Files.exists(count) ? Files.readAllLines(count).size() : 0;
    }

    private void awaitMore() throws IOException {
        long before = lines();
        await().atMost(LIMIT).until(() -> lines() > before + 2);
    }

    private String pid() {
        return Long.toString(job.pid());
    }

    @Test
    void goesOnBesideItselfAndThenInItsPlace() throws Exception {
        Called doctor = program.run("doctor", "--pid", pid());
        assertThat(doctor.status()).as(doctor.out() + doctor.err()).isZero();
        assertThat(doctor.out().lines())
                .anyMatch(row -> row.matches("job " + pid() + " +state +ok +it is running, with \\d process(es)?"));
        assertThat(program.run("checkpoint", "--pid", pid(), "--leave-running", "--image-path", "first"))
                .isEqualTo(DONE);

        Called taken = program.run("restore", "--image-path", "first");
        assertThat(taken.status()).isEqualTo(REFUSED);
        assertThat(taken.err())
                .startsWith("jmigrate: cannot restore job " + pid() + " (bash): ")
                .contains("    " + pid() + " is process " + pid() + " (bash)\n")
                .contains("--new-pids");
        assertThat(program.run("restore", "--image-path", "first", "web").err())
                .contains("holds job " + pid() + " (bash): leave CONTAINER out");
        if (!Files.isDirectory(Path.of("/sys/kernel/security/apparmor"))) {
            assertThat(program.run("restore", "--new-pids", "--lsm-profile", "apparmor:a", "--image-path", "first")
                            .err())
                    .startsWith("jmigrate: cannot restore job " + pid() + " (bash) with a label of AppArmor: ");
        }

        assertThat(program.run("restore", "-d", "--new-pids", "--pid-file", "pid", "--image-path", "first"))
                .isEqualTo(DONE);
        String beside = Files.readString(directory.resolve("pid"));
        assertThat(beside).isNotEqualTo(pid());
        assertThat(program.run("checkpoint", "--pid", beside, "--image-path", "second"))
                .isEqualTo(DONE);
        assertThat(program.run("inspect", "--ps-tree", "second").out()).contains("bash");
        assertThat(job.isAlive()).isTrue();

        job.destroyForcibly().waitFor();
        Process restoring = program.start("restore", "--new-pids", "--image-path", "second");
        awaitMore();
        Files.writeString(directory.resolve("stop"), "");
        assertThat(InstalledProgram.status(restoring, "restore")).isEqualTo(7);
    }

    @Test
    void goesThroughAFileForWhichSomebodyHasToVouch() throws Exception {
        Path secret = directory.resolve("secret.pem");
        Path key = directory.resolve("public.pem");
        Programs.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", secret.toString());
        Programs.run("openssl", "pkey", "-in", secret.toString(), "-pubout", "-out", key.toString());
        assertThat(program.run(
                        "checkpoint", "--pid", pid(), "--leave-running", "--sign", "secret.pem", "-e", "job.tar"))
                .isEqualTo(DONE);
        assertThat(program.run("inspect", "--format", "json", "job.tar").out())
                .contains("\"job\": \"bash\"", "\"pid\": " + pid(), "\"engine\": \"jmigrate\"");
        assertThat(program.run("restore", "--import", "job.tar", "web").err())
                .contains("holds job " + pid() + " (bash): leave CONTAINER out");
        assertThat(program.run("clone", "--count", "2", "job.tar").err())
                .contains("holds job " + pid() + " (bash), and no container");

        Called nobody = program.run("restore", "--new-pids", "--import", "job.tar");
        assertThat(nobody.status()).isEqualTo(REFUSED);
        assertThat(nobody.err()).contains("nobody vouches for it", "--trust", "--allow-job");
        assertThat(program.run("restore", "-d", "--new-pids", "--import", "job.tar", "--trust", "public.pem"))
                .isEqualTo(DONE);
        assertThat(program.run("restore", "-d", "--allow-job", "--import", "job.tar")
                        .err())
                .contains("    " + pid() + " is process " + pid() + " (bash)\n");

        job.destroyForcibly().waitFor();
        Process restoring = program.start("restore", "--allow-job", "--import", "job.tar");
        await().atMost(LIMIT).until(() -> isBack() || !restoring.isAlive());
        assertThat(isBack()).as(() -> said(restoring)).isTrue();
        Files.writeString(directory.resolve("stop"), "");
        assertThat(InstalledProgram.status(restoring, "restore")).isEqualTo(7);
    }

    /** While that waits for its reader, and the job for it. */
    @Test
    void itsConnectionGoesOnWhenItsCheckpointIsKilled() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Process caller = new ProcessBuilder("setsid", "bash", "-c", CALL, "call", "" + server.getLocalPort())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("called").toFile())
                    .start();
            try (Socket call = server.accept()) {
                call.setSoTimeout((int) LIMIT.toMillis());
                BufferedReader words =
                        new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8));
                assertThat(words.readLine()).isEqualTo("0");
                Path errors = directory.resolve("errors");
                Set<String> others = tables();
                Process export = program.alone()
                        .startTelling(
                                errors,
                                "checkpoint",
                                "--pid",
                                "" + caller.pid(),
                                "--compress",
                                "none",
                                "--export",
                                "-");
                assertThat(export.getInputStream().read()).isNotNegative();
                Set<String> during = tables();
                during.removeAll(others);
                assertThat(during).isNotEmpty();
                WholeCommand.kill(export);
                program.served();

                await().atMost(LIMIT).untilAsserted(() -> assertThat(errors)
                        .content()
                        .contains("the checkpoint of job " + caller.pid() + " was killed; the job runs on"));
                for (int word = 1; word < 100; word++) {
                    assertThat(words.readLine()).isEqualTo("" + word);
                }
                await().atMost(LIMIT).untilAsserted(() -> assertThat(tables()).doesNotContainAnyElementsOf(during));
            } finally {
                caller.destroyForcibly();
            }
        }
    }

    /** Of this host's network, also those of whoever else dumps now. */
    private static Set<String> tables() {
        return new HashSet<>(new FilterTables(new NetworkNamespace(Path.of("/proc/self/ns/net"))).names());
    }

    private boolean isBack() {
        return ProcessHandle.of(job.pid())
                .filter(process -> process.info().command().orElse("").endsWith("bash"))
                .isPresent();
    }

    private static String said(Process ended) {
        try {
            return new String(ended.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isToldFromWhatIsNone() throws IOException {
        Called first = program.run("checkpoint", "--pid", "1", "--image-path", "images");
        assertThat(first.status()).isEqualTo(REFUSED);
        assertThat(first.err()).contains("it is the first process of this host");
        assertThat(program.run("checkpoint").status()).isEqualTo(USAGE);
        assertThat(program.run("checkpoint", "--pid", pid(), "web").status()).isEqualTo(USAGE);

        String bundle = Busybox.bundle(directory, "sleep", "300").toString();
        Path pidFile = directory.resolve("pid");
        assertThat(program.run("run", "--detach", "--pid-file", pidFile.toString(), "--bundle", bundle, id))
                .isEqualTo(DONE);
        Called contained = program.run("checkpoint", "--pid", Files.readString(pidFile), "--image-path", "images");
        assertThat(contained.status()).isEqualTo(REFUSED);
        assertThat(contained.err()).contains("it is in container \"" + id + "\"", "jmigrate checkpoint " + id);
        assertThat(directory.resolve("images")).doesNotExist();
        assertThat(job.isAlive()).isTrue();
    }
}
