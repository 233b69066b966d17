package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Hello;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdInputStream;
import io.jmigrate.runtime.linux.FdOutputStream;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.wire.WireException;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes the invocation that a front has announced. */
public final class FrontInvocation {
    private static final int BUFFER_BYTES = 8 << 10;
    /** What the kernel calls a directory that was removed while the caller stood in it. */
    private static final Path REMOVED_DIRECTORY = Path.of("/proc/self/cwd");

    private static final Set<Integer> STANDARD_STREAMS = Set.of(0, 1, 2);

    private FrontInvocation() {}

    /**
     * The invocation, whose streams write to the caller's descriptors and are the connection's as long as it is open.
     *
     * @param callerPid a process in the caller's cgroups, such as the front
     * @throws WireException if the front has not announced a command
     */
    public static Invocation of(FrontConnection front, int callerPid, Distribution distribution) {
        Hello hello = front.hello();
        if (hello.argv().isEmpty() || !hello.descriptors().keySet().containsAll(STANDARD_STREAMS)) {
            throw new WireException("a front without a command or without standard streams", null);
        }
        List<String> words = hello.argv().subList(1, hello.argv().size());
        return new Invocation(
                words,
                variables(hello.env()),
                hello.cwd().orElse(REMOVED_DIRECTORY),
                streams(hello.descriptors()),
                hello.descriptors(),
                front,
                callerPid,
                new FrontSignals(front),
                new FrontTerminal(front),
                distribution);
    }

    private static Map<String, String> variables(List<String> environment) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : environment) {
            int end = variable.indexOf('=');
            if (end > 0) {
                variables.putIfAbsent(variable.substring(0, end), variable.substring(end + 1));
            }
        }
        return variables;
    }

    private static Streams streams(Map<Integer, Fd> descriptors) {
        Fd in = descriptors.get(0);
        Fd out = descriptors.get(1);
        Fd err = descriptors.get(2);
        return new Streams(
                new FdInputStream(in),
                printing(out, false),
                printing(err, true),
                Terminals.is(in),
                Terminals.is(out),
                Terminals.is(err));
    }

    private static PrintStream printing(Fd fd, boolean lineByLine) {
        return new PrintStream(
                new BufferedOutputStream(new FdOutputStream(fd), BUFFER_BYTES), lineByLine, StandardCharsets.UTF_8);
    }

    private record FrontTerminal(FrontConnection front) implements CallerTerminal {
        @Override
        public boolean present() {
            Map<Integer, Fd> descriptors = front.hello().descriptors();
            return Stream.of(0, 1, 2).map(descriptors::get).anyMatch(Terminals::is);
        }

        @Override
        public void join(Fd master) {
            front.joinTerminal(master);
        }
    }

    private record FrontSignals(FrontConnection front) implements CallerSignals {
        @Override
        public void forwardTo(Child child) {
            front.forwardSignals(child);
        }

        @Override
        public void handle(Consumer<Signal> handler) {
            front.onSignal(handler);
            front.onHangUp(() -> handler.accept(Signal.HUP));
        }
    }
}
