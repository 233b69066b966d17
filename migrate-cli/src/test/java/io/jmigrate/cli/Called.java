package io.jmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.command.Program;
import io.jmigrate.cli.invocation.CallerSignals;
import io.jmigrate.cli.invocation.CallerTerminal;
import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.invocation.Streams;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.Signal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command said and how it ended, run in this JVM with a launcher that starts nothing.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
public record Called(int status, String out, String err) {
    /** Runs a command in a directory. */
    public static Called in(Path directory, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(InputStream.nullInputStream(), printing(out), printing(err), false, false, false);
        int status = Program.run(new Invocation(
                List.of(words),
                Map.of(),
                directory,
                streams,
                Map.of(),
                new NoLauncher(),
                (int) ProcessHandle.current().pid(),
                new NoSignals(),
                new NoTerminal(),
                new Distribution(Path.of("/nowhere"))));
        return new Called(status, text(out), text(err));
    }

    /** What a command printed that has to succeed. */
    public static String said(Called called) {
        assertThat(called.status()).as(called.err()).isZero();
        return called.out();
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Nobody signals tests. */
    private static final class NoSignals implements CallerSignals {
        @Override
        public void forwardTo(Child child) {}

        @Override
        public void handle(Consumer<Signal> handler) {}
    }

    /** Nobody sits at a terminal. */
    private static final class NoTerminal implements CallerTerminal {
        @Override
        public boolean present() {
            return false;
        }

        @Override
        public void join(Fd master) {
            throw new AssertionError("joined " + master);
        }
    }

    /** Tests without root start no programs. */
    private static final class NoLauncher implements Launcher {
        @Override
        public Child launch(Launch request) {
            throw new AssertionError("started " + request.program());
        }

        @Override
        public Child adopt(int pid) {
            throw new AssertionError("adopted " + pid);
        }

        @Override
        public void leaveChildren() {}
    }
}
