package io.jmigrate.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CRIU's own program, as the reference that decides whether an image directory is one. */
public final class CriuProgram {
    private final Path program;

    private CriuProgram(Path program) {
        this.program = program;
    }

    /** Skips the test where there is no CRIU or no root to run it. */
    public static CriuProgram required() {
        assumeTrue(new com.sun.security.auth.module.UnixSystem().getUid() == 0, "dumping a process needs root");
        Optional<Path> found = Stream.concat(
                        Stream.of("/opt/jmigrate/criu/criu").map(Path::of),
                        Stream.of(System.getenv("PATH").split(":")).map(entry -> Path.of(entry, "criu")))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "this host has no criu");
        return new CriuProgram(found.get());
    }

    public Path path() {
        return program;
    }

    /** Starts criu in that image directory; its log is NAME.log there. */
    public Process start(Path images, String verb, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), verb));
        command.addAll(List.of("-D", images.toString(), "-o", verb + ".log", "-v4"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(images.resolve(verb + ".out").toFile())
                .start();
    }

    /** Runs criu to its successful end. */
    public void run(Path images, String verb, String... options) throws IOException, InterruptedException {
        succeed(start(images, verb, options), images.resolve(verb + ".log"));
    }

    public static void succeed(Process criu, Path log) throws IOException, InterruptedException {
        int status = criu.waitFor();
        assertThat(status).as(() -> tail(log)).isZero();
    }

    public static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
