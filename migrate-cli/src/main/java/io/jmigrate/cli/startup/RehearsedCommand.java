package io.jmigrate.cli.startup;

import io.jmigrate.cli.command.Program;
import io.jmigrate.cli.invocation.CallerSignals;
import io.jmigrate.cli.invocation.CallerTerminal;
import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.invocation.Streams;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Signal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A command that runs in this JVM, without a front that announces it. */
final class RehearsedCommand {
    private static final Path NOTHING = Path.of("/dev/null");

    private final List<String> words;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CompletableFuture<Consumer<Signal>> handler = new CompletableFuture<>();

    /** @param root the runtime root that it works on */
    RehearsedCommand(Path root, String... words) {
        this.words = new ArrayList<>(List.of("--root", root.toString()));
        this.words.addAll(List.of(words));
    }

    /** Runs it to its end. @throws IllegalStateException if it fails */
    void run() {
        Distribution tree = Distribution.ofRunningJava();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(InputStream.nullInputStream(), out, out, false, false, false);
        try (Fd nothing = Descriptors.open(NOTHING, OpenFlag.READ_WRITE);
                FrontConnection front = Launchers.openSubreaper(tree.front())) {
            int status = Program.run(new Invocation(
                    words,
                    System.getenv(),
                    Path.of("/"),
                    streams,
                    Map.of(0, nothing, 1, nothing, 2, nothing),
                    front,
                    (int) ProcessHandle.current().pid(),
                    new Signals(),
                    new NoTerminal(),
                    tree));
            if (status != 0) {
                throw new IllegalStateException(words + " ended with " + status + ": " + said());
            }
        }
    }

    /** What it has printed so far. */
    String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Sends it a signal as soon as it heeds any. */
    void signal(Signal signal) {
        handler.thenAccept(told -> told.accept(signal));
    }

    private final class Signals implements CallerSignals {
        @Override
        public void forwardTo(Child child) {
            // nobody sends it any
        }

        @Override
        public void handle(Consumer<Signal> told) {
            handler.complete(told);
        }
    }

    private static final class NoTerminal implements CallerTerminal {
        @Override
        public boolean present() {
            return false;
        }

        @Override
        public void join(Fd master) {
            throw new IllegalStateException("there is no terminal");
        }
    }
}
