package io.jmigrate.runtime.console;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Whoever listens on a Unix stream socket, such as podman's conmon: gets one message, the name of the device and the master with
 * it (SCM_RIGHTS), as runC sends it ({@code docs/terminals.md} there).
 *
 * @param path where somebody listens
 */
public record ConsoleSocket(Path path) implements Console {
    /** What runC calls every master. */
    private static final String NAME = "/dev/ptmx";

    @Override
    public void check(boolean terminal) {
        if (!terminal) {
            throw Failure.of(
                    RuntimeCode.CONSOLE,
                    "cannot use the console socket " + path + ": the process does not ask for a terminal");
        }
    }

    @Override
    public void take(Fd master) {
        ByteBuffer name = ByteBuffer.wrap(NAME.getBytes(StandardCharsets.US_ASCII));
        try (Fd socket = Sockets.connect(path)) {
            Sockets.send(socket, name, List.of(master));
        } catch (LinuxException e) {
            throw Failure.of(
                            RuntimeCode.CONSOLE,
                            "cannot hand the terminal to the console socket " + path + ": "
                                    + e.errno().text())
                    .withCause(e);
        }
    }
}
