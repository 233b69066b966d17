package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process and its children, which end with the test. */
final class Workload implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path SOURCES = Path.of("../test-images/workloads");
    private static final Path KEPT = Path.of("target/workloads");

    private final Process root;

    private Workload(Process root) {
        this.root = root;
    }

    /** One of test-images/workloads, compiled once for all tests. */
    static Path compiled(String name) throws IOException, InterruptedException {
        Path source = SOURCES.resolve(name + ".c");
        Path kept = KEPT.resolve(name);
        if (!Files.exists(kept) || changedNanos(kept) < newestSource()) {
            Path made = Files.createDirectories(KEPT)
                    .resolve(name + "." + ProcessHandle.current().pid());
            compile(source, made);
            Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE); // nobody sees half of it
        }
        return kept.toAbsolutePath();
    }

    /** Sources include others. */
    private static long newestSource() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            return sources.mapToLong(Workload::changedNanos).max().orElseThrow();
        }
    }

    private static long changedNanos(Path file) {
        try {
            return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path source, Path program) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-static", "-pthread", "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as(said).isZero();
    }

    static Workload start(Object... command) throws IOException {
        List<String> words = Stream.of(command).map(Object::toString).toList();
        return new Workload(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    Process process() {
        return root;
    }

    ProcessRef root() {
        return Processes.find((int) root.pid()).orElseThrow(() -> new AssertionError("it has ended"));
    }

    /** Its processes now, the first one first. */
    List<ProcessRef> processes() {
        return Stream.concat(Stream.of(root.toHandle()), root.toHandle().descendants())
                .flatMap(process -> Processes.find((int) process.pid()).stream())
                .filter(Processes::alive)
                .toList();
    }

    /** Stops all of it, and waits until all of it stands still. */
    void freeze() {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(this::stopAll);
    }

    private boolean stopAll() {
        List<ProcessRef> before = processes();
        before.forEach(process -> Processes.killIfAlive(process, Signal.STOP));
        return before.stream().allMatch(Workload::standsStill) && processes().equals(before);
    }

    /** Whether all its threads have stopped. */
    static boolean standsStill(ProcessRef process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.map(thread -> Integer.parseInt(thread.getFileName().toString()))
                    .map(Workload::state)
                    .allMatch(state -> state.isEmpty()
                            || state.get().stopped()
                            || state.get().ended());
        } catch (IOException e) {
            return !Processes.alive(process);
        }
    }

    private static Optional<ProcStat> state(int thread) {
        return ProcStat.read(thread);
    }

    /** How many userfaultfds the process has. */
    static long userfaultfds(ProcessRef process) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return descriptors.filter(Workload::isUserfaultfd).count();
        }
    }

    private static boolean isUserfaultfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("userfaultfd");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** That it does not do anything it did not do before: it runs still. */
    void assertRuns() {
        assertThat(root.isAlive()).as("it still runs").isTrue();
    }

    @Override
    public void close() {
        freeze();
        processes().forEach(process -> Processes.killIfAlive(process, Signal.KILL));
        assertThat(await().atMost(LIMIT).until(() -> !root.isAlive(), ended -> ended))
                .isTrue();
    }
}
