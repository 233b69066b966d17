package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a short-lived program said. Its streams are files in memory, so that it never waits for a reader.
 *
 * @param status how it ended
 * @param output its standard output, lines without line ends
 * @param errors its standard error, likewise
 * @param expired whether it was killed because it took too long
 */
public record Capture(ExitStatus status, List<String> output, List<String> errors, boolean expired) {
    /** Programs are found here, and find others, whatever the caller's environment is. Messages come in English. */
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C");

    private static final int BYTES_MAX = 4 << 20;

    public Capture {
        output = List.copyOf(output);
        errors = List.copyOf(errors);
    }

    /**
     * Runs a program to its end.
     *
     * @param argv its name, which is searched in the system's usual directories, and its arguments
     * @param input what it reads from its standard input
     * @throws LaunchException if it can't be started
     */
    public static Capture run(Launcher launcher, List<String> argv, String input) {
        Launch program = new Launch(
                Path.of(argv.getFirst()), argv, ENVIRONMENT, Optional.empty(), Map.of(), false, Optional.empty());
        return run(launcher, program, input, Optional.empty());
    }

    /**
     * The same for any program.
     *
     * @param limit after which it is killed
     */
    public static Capture run(Launcher launcher, Launch program, String input, Optional<Duration> limit) {
        try (Fd in = memory(input);
                Fd out = memory("");
                Fd err = memory("")) {
            Child child = launcher.launch(program.withDescriptors(Map.of(0, in, 1, out, 2, err)));
            boolean expired = limit.isPresent() && !endsWithin(child, limit.get());
            return new Capture(child.await(), lines(out), lines(err), expired);
        }
    }

    /** Kills it if it does not. */
    private static boolean endsWithin(Child child, Duration limit) {
        Optional<ProcessRef> process = Processes.find(child.pid());
        try {
            child.exited().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // await tells why
        } catch (TimeoutException e) {
            process.ifPresent(each -> Processes.killIfAlive(each, Signal.KILL));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.ifPresent(each -> Processes.killIfAlive(each, Signal.KILL));
            return false;
        }
    }

    /** What it has written, its standard error after its output. */
    public List<String> all() {
        return Stream.concat(output.stream(), errors.stream()).toList();
    }

    private static Fd memory(String content) {
        return Descriptors.memfd("stream", ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), false);
    }

    private static List<String> lines(Fd file) {
        ByteBuffer content = ByteBuffer.allocate(BYTES_MAX);
        Descriptors.preadFully(file, content, 0); // or what there is
        return StandardCharsets.UTF_8.decode(content.flip()).toString().lines().toList();
    }
}
