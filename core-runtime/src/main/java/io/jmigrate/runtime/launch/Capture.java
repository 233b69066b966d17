package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a short-lived program said. Its streams are files in memory, so that it never waits for a reader.
 *
 * @param status how it ended
 * @param output its standard output, lines without line ends
 * @param errors its standard error, likewise
 */
public record Capture(ExitStatus status, List<String> output, List<String> errors) {
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
        try (Fd in = memory(input);
                Fd out = memory("");
                Fd err = memory("")) {
            Launch launch = new Launch(
                    Path.of(argv.getFirst()),
                    argv,
                    ENVIRONMENT,
                    Optional.empty(),
                    Map.of(0, in, 1, out, 2, err),
                    false,
                    Optional.empty());
            ExitStatus status = launcher.launch(launch).await();
            return new Capture(status, lines(out), lines(err));
        }
    }

    private static Fd memory(String content) {
        return Descriptors.memfd("stream", ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), false);
    }

    private static List<String> lines(Fd file) {
        ByteBuffer content = ByteBuffer.allocate(BYTES_MAX);
        while (content.hasRemaining() && Descriptors.pread(file, content, content.position()) > 0) {
            // until the end of the file
        }
        return StandardCharsets.UTF_8.decode(content.flip()).toString().lines().toList();
    }
}
