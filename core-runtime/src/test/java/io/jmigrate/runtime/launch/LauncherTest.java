package io.jmigrate.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdInputStream;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LauncherTest {
    private static final Path FRONT = Path.of(System.getProperty("jmigrate.native.dir"), "jmigrate");
    private static final Path SHELL = Path.of("/bin/sh");

    private FrontConnection launcher;

    @BeforeEach
    void open() {
        launcher = Launchers.open(FRONT);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private static ExitStatus ended(Child child) throws Exception {
        return child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static Launch shell(String script) {
        return Launch.of(SHELL, "-c", script).withEnv(List.of("PATH=/usr/bin:/bin"));
    }

    /** Runs it with its standard output, and more descriptors, as pipes' ends; returns the output. */
    private String output(Launch request, Map<Integer, FdPair> more) throws IOException {
        FdPair out = Descriptors.pipe();
        Map<Integer, Fd> descriptors = new HashMap<>();
        descriptors.put(1, out.second());
        more.forEach((number, pipe) -> descriptors.put(number, pipe.second()));
        launcher.launch(request.withDescriptors(descriptors));
        out.second().close();
        try (FdInputStream in = new FdInputStream(out.first())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void findsABareNameInThePathThatTheProgramGets(@TempDir Path directory) throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path tool = Files.writeString(tools.resolve("jm-tool"), "#!/bin/sh\necho found\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Launch request = Launch.of(Path.of("jm-tool"));

        assertThat(output(request.withEnv(List.of("PATH=" + tools)), Map.of())).isEqualTo("found\n");
        assertThatThrownBy(() -> launcher.launch(request.withEnv(List.of("PATH=/nowhere"))))
                .hasMessage("cannot execute jm-tool: no such file or directory");
    }

    @Test
    void tellsHowAProgramEnded() throws Exception {
        assertThat(ended(launcher.launch(shell("exit 7")))).isEqualTo(new ExitStatus.Exited(7));
        assertThat(ended(launcher.launch(shell("kill -9 $$"))))
                .isEqualTo(new ExitStatus.Signalled(Signal.KILL, false))
                .extracting(ExitStatus::code)
                .isEqualTo(137);
    }

    @Test
    void givesAProgramItsArgumentsEnvironmentAndDirectory(@TempDir Path directory) throws Exception {
        Launch request = new Launch(
                SHELL,
                List.of("name", "-c", "echo \"$0|$1|$(env | sort | tr '\\n' ' ')|$(pwd)\"", "zero", "größe *"),
                List.of("A=1", "B=x y", "PATH=/usr/bin:/bin"),
                Optional.of(directory),
                Map.of(),
                false,
                Optional.empty());
        String output = output(request, Map.of());
        assertThat(output).startsWith("zero|größe *|A=1 B=x y ").contains("|" + directory.toRealPath());
    }

    @Test
    void givesAProgramASessionKeyring() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/keys")), "this kernel has no keys");
        String name = "jmt-" + ProcessHandle.current().pid();

        String output = output(Launch.of(Path.of("cat"), "/proc/keys").inKeyring(name), Map.of());

        assertThat(output.lines().filter(line -> line.contains(" " + name + ":")))
                .hasSize(1);
    }

    @Test
    void givesAProgramOnlyTheDescriptorsThatItIsGiven() throws Exception {
        try (FdPair five = Descriptors.pipe();
                FdPair nine = Descriptors.pipe()) {
            // ls holds one descriptor of its own, that of the directory
            String output = output(Launch.of(Path.of("ls"), "/proc/self/fd"), Map.of(5, five, 9, nine, 3, five));
            List<String> seen = new ArrayList<>(output.lines().toList());
            assertThat(seen).contains("0", "1", "2", "3", "5", "9").hasSize(7);
        }
    }

    @Test
    void placesDescriptorsWhoseNumbersTheFrontUsesItself() throws Exception {
        Map<Integer, FdPair> pipes = new HashMap<>();
        Map<Integer, Fd> descriptors = new HashMap<>();
        for (int number = 3; number <= 9; number++) {
            FdPair pipe = Descriptors.pipe();
            pipes.put(number, pipe);
            descriptors.put(number, pipe.second());
        }
        launcher.launch(shell("for n in 3 4 5 6 7 8 9; do echo $n >&$n; done").withDescriptors(descriptors));
        for (var entry : pipes.entrySet()) {
            entry.getValue().second().close();
            try (FdInputStream in = new FdInputStream(entry.getValue().first())) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(entry.getKey() + "\n");
            }
        }
    }

    @Test
    void refusesAProgramThatIsNotThere() {
        assertThatThrownBy(() -> launcher.launch(Launch.of(Path.of("/no/such/program"))))
                .isInstanceOf(LaunchException.class)
                .hasMessage("cannot execute /no/such/program: no such file or directory")
                .extracting(e -> ((LaunchException) e).errno())
                .isEqualTo(Optional.of(Errno.ENOENT));
        assertThatThrownBy(() -> launcher.launch(Launch.of(SHELL).withCwd(Path.of("/no/such/directory"))))
                .hasMessage("cannot change to the working directory of /bin/sh: no such file or directory");
    }

    @Test
    void startsASessionWhenAsked() throws Exception {
        String script = "[ \"$(cut -d' ' -f6 /proc/self/stat)\" = $$ ]";
        assertThat(ended(launcher.launch(shell(script).inNewSession())).success())
                .isTrue();
        assertThat(ended(launcher.launch(shell(script))).success()).isFalse();
    }

    @Test
    void leavesItsChildrenAloneWhenItEnds() throws Exception {
        Child child = launcher.launch(Launch.of(Path.of("/bin/sleep"), "1000"));
        var process = Processes.find(child.pid()).orElseThrow();
        launcher.close();
        assertThat(child.exited()).isCompletedExceptionally();
        assertThat(Processes.alive(process)).isTrue();
        assertThatThrownBy(() -> launcher.launch(shell("true"))).isInstanceOf(RuntimeException.class);
        Processes.kill(process, Signal.KILL);
    }

    @Test
    void leavesChildrenThatEndToWhoeverInheritsThem() throws Exception {
        FdPair gate = Descriptors.pipe();
        Child child = launcher.launch(shell("read line; exit 7").withDescriptors(Map.of(0, gate.first())));
        gate.first().close();
        launcher.leaveChildren();
        gate.second().close();
        await().until(() -> ProcStat.read(child.pid()).orElseThrow().ended());
        assertThat(ended(launcher.launch(shell("exit 3"))).code())
                .as("who is started later is waited for all the same")
                .isEqualTo(3);
        assertThat(child.exited()).isNotDone();
        assertThat(ProcStat.read(child.pid())).isPresent();
    }

    @Test
    void adoptsOrphansWhenItIsASubreaper() throws Exception {
        FdPair out = Descriptors.pipe();
        try (FrontConnection subreaper = Launchers.openSubreaper(FRONT)) {
            Child parent =
                    subreaper.launch(shell("(exec sleep 0.2; ) & echo $!").withDescriptors(Map.of(1, out.second())));
            out.second().close();
            assertThat(ended(parent).success()).isTrue();
            try (FdInputStream in = new FdInputStream(out.first())) {
                int orphan = Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.UTF_8).trim());
                assertThat(ended(subreaper.adopt(orphan)).success()).isTrue();
            }
        }
    }

    @Test
    void takesAnEnvironmentOfAMegabyte() throws Exception {
        List<String> env = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            env.add("V" + i + "=" + "x".repeat(1000));
        }
        env.add("PATH=/usr/bin:/bin");
        String output = output(Launch.of(SHELL, "-c", "env | grep -c ^V").withEnv(env), Map.of());
        assertThat(output).isEqualTo("1000\n");
    }

    @Test
    void startsManyProgramsFromManyThreads() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Integer> codes = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 8; t++) {
            int code = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20; i++) {
                    codes.add(launcher.launch(shell("exit " + code))
                            .exited()
                            .join()
                            .code());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(codes).hasSize(160);
        assertThat(codes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20 * 28);
    }

    @Test
    void refusesToBeOpenedWithoutAFront() {
        assertThatThrownBy(() -> Launchers.open(Path.of("/no/such/front"))).hasMessageContaining("/no/such/front");
        assertThat(Files.exists(FRONT)).isTrue();
    }
}
