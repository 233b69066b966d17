package io.jmigrate.runtime.notify;

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
 * The socket of a service manager.
 *
 * @param address a path, or a name in the abstract space with {@code @} before it
 */
public record NotifySocket(String address) {
    /** Names the socket. */
    public static final String VARIABLE = "NOTIFY_SOCKET";

    /** The service is ready. */
    public static final String READY = "READY=1";

    /** @throws Failure SYSTEMD if nobody is there */
    public void tell(String message) {
        try (Fd socket = Sockets.sendingTo(Path.of(address))) {
            Sockets.send(socket, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), List.of());
        } catch (LinuxException e) {
            throw Failure.of(
                            RuntimeCode.SYSTEMD,
                            "cannot tell the service manager at " + address + " \"" + message + "\": " + e.getMessage())
                    .withCause(e);
        }
    }
}
