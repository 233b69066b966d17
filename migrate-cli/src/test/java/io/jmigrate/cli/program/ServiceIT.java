package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The warm service's life. */
class ServiceIT {
    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void open() {
        program = InstalledProgram.in(directory);
    }

    @AfterEach
    void close() {
        program.close();
    }

    private Process serviceInTheForeground() throws IOException {
        Process service = program.start("service", "run");
        BufferedReader said = service.inputReader();
        assertThat(said.readLine()).isEqualTo("listening on " + program.socket());
        return service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void endsInOrderOnASignal(String name) throws IOException {
        Process service = serviceInTheForeground();
        Processes.kill((int) service.pid(), Signal.parse(name).orElseThrow());

        assertThat(InstalledProgram.status(service, "service run")).isZero();
        assertThat(program.socket()).doesNotExist();
    }

    @Test
    void takesFromAServiceManagerOneListeningSocketAndNothingElse() {
        for (String given :
                List.of("exec 3< /dev/null; export LISTEN_FDS=1", "exec 3< /dev/null 4<&3; export LISTEN_FDS=2")) {
            assertThat(program.redirected(given + " LISTEN_PID=$$", "service", "run")
                            .err())
                    .startsWith("jmigrate: the service manager has to give the service one listening socket");
        }
    }

    @Test
    void endsWhenItsFrontIsKilled() throws IOException {
        Process service = serviceInTheForeground();
        ProcessHandle java = service.children().findFirst().orElseThrow();
        service.destroyForcibly();

        await().until(() -> !java.isAlive());
        assertThat(program.socket()).doesNotExist();
    }

    @Test
    void finishesTheCommandThatItRunsBeforeItEnds() throws IOException {
        Busybox.requireContainers();
        Path bundle = Busybox.bundle(directory, "cat");
        program.warm();
        Process container = program.start("run", "--bundle", bundle.toString(), Busybox.newId());
        container.getOutputStream().write("one\n".getBytes());
        container.getOutputStream().flush();
        assertThat(container.inputReader().readLine()).isEqualTo("one"); // the service runs it
        Called stop = program.run("service", "stop", "--timeout", "1");

        assertThat(stop.status()).isEqualTo(1);
        assertThat(stop.err())
                .startsWith("jmigrate: the service still runs commands after 1 s; it takes no more of them");
        assertThat(program.socket()).doesNotExist();
        assertThat(container.isAlive()).isTrue();
        container.getOutputStream().close();

        assertThat(InstalledProgram.status(container, "run")).isZero();
    }

    @Test
    void runsOnceWhenItIsStartedTwiceAtOnce() {
        List<Process> starts = Stream.generate(() -> program.start("service", "start"))
                .limit(4)
                .toList();
        starts.forEach(start ->
                assertThat(InstalledProgram.status(start, "service start")).isZero());

        await().untilAsserted(() -> assertThat(fronts()).hasSize(1));
        assertThat(program.run("service", "status").out()).startsWith("running as process " + fronts().getFirst());
        assertThat(Path.of(program.socket() + ".lock")).doesNotExist();
    }

    /** The fronts that run for this test. */
    private List<Long> fronts() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().equals(Optional.of(InstalledProgram.FRONT.toString())))
                .map(ProcessHandle::pid)
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"))
                    .contains(InstalledProgram.SOCKET_VARIABLE + "=" + program.socket() + "\0");
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    @Test
    void tellsWhetherItRuns() {
        assertThat(program.run("service", "status"))
                .isEqualTo(new Called(ExitCode.NOT_RUNNING.status(), "not running\n", ""));
        program.warm();

        Called status = program.run("service", "status");
        assertThat(status.status()).isZero();
        assertThat(status.out()).matches("running as process \\d+ on " + program.socket() + "\n");
        int front = Integer.parseInt(status.out().split(" ")[3]);
        assertThat(ProcessHandle.of(front).flatMap(p -> p.info().command()))
                .isEqualTo(Optional.of(InstalledProgram.FRONT.toString()));
        assertThat(program.run("service", "start").status()).as("started twice").isZero();
        assertThat(program.run("service", "run").err())
                .startsWith("jmigrate: a service runs already, as process " + front);

        assertThat(program.run("service", "stop")).isEqualTo(new Called(0, "", ""));
        assertThat(Processes.find(front).filter(Processes::alive)).isEmpty();
        assertThat(program.run("service", "stop")).as("stopped twice").isEqualTo(new Called(0, "", ""));
    }
}
