package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whoever listens on a Unix stream socket for a descriptor of a process (pidfd_open(2)), which stands for this very process whatever
 * becomes of its pid: gets one message with it (SCM_RIGHTS), whose text says how the process came to be, as runC sends it
 * (libcontainer/init_linux.go, setupPidfd).
 */
final class PidfdSocket {
    private static final String CONTAINERS_OWN = "standard";
    private static final String EXECUTED = "setns";

    private PidfdSocket() {}

    /** Of a container's first process. @throws Failure IO if nobody listens */
    static void sendInit(Optional<Path> socket, int pid) {
        socket.ifPresent(path -> send(path, pid, CONTAINERS_OWN));
    }

    /** Of one that is executed in a container. @throws Failure IO if nobody listens */
    static void sendExecuted(Optional<Path> socket, int pid) {
        socket.ifPresent(path -> send(path, pid, EXECUTED));
    }

    private static void send(Path path, int pid, String text) {
        ByteBuffer message = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        try (Fd process = Processes.pidfdOpen(pid);
                Fd socket = Sockets.connect(path)) {
            Sockets.send(socket, message, List.of(process));
        } catch (LinuxException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot send the descriptor of process " + pid + " to the socket " + path + ": "
                                    + e.errno().text())
                    .withCause(e);
        }
    }
}
