package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that outlives this one and, if this one is killed, runs a command in its place: it sees the end of a pipe then, and no word
 * before. It is in a session of its own, so that who kills the command's process group leaves it.
 */
public final class Heir implements AutoCloseable {
    private static final int ERRORS_NUMBER = 2;
    private static final int PIPE_NUMBER = 3; // native/front/heir.c

    private final Child process;
    private final Fd pipe;

    private Heir(Child process, Fd pipe) {
        this.process = process;
        this.pipe = pipe;
    }

    /**
     * Starts it.
     *
     * @throws LaunchException if it can't be started
     */
    public static Heir launch(Launcher launcher, HeirCommand command) {
        List<String> words = new ArrayList<>(List.of("--heir", command.front().toString()));
        words.addAll(command.words());
        FdPair pair = Descriptors.pipe();
        try (Fd theirs = pair.first()) {
            Map<Integer, Fd> descriptors = new HashMap<>(Map.of(PIPE_NUMBER, theirs));
            command.errors().ifPresent(errors -> descriptors.put(ERRORS_NUMBER, errors));
            Launch request = Launch.of(command.front(), words.toArray(String[]::new))
                    .withEnv(command.environment())
                    .withDescriptors(descriptors)
                    .inNewSession();
            return new Heir(launcher.launch(request), pair.second());
        } catch (RuntimeException e) {
            try (Fd _ = pair.second()) {
                throw e;
            }
        }
    }

    /** Its process. */
    Child process() {
        return process;
    }

    /** Nothing is left to do: it ends. Doing it again is harmless. */
    public void dismiss() {
        if (!pipe.isOpen()) {
            return;
        }
        try (pipe) {
            Descriptors.writeFully(pipe, ByteBuffer.wrap(new byte[] {0}));
        } catch (LinuxException e) {
            // it has been killed: nobody is left who could do anything
        }
    }

    /** Dismisses it, and waits until it has ended. */
    @Override
    public void close() {
        dismiss();
        process.exited().handle((status, lost) -> status).join(); // the launcher's end is nothing to wait for
    }
}
