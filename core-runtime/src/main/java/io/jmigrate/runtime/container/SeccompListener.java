package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.seccomp.SeccompProfile;
import io.jmigrate.runtime.spec.Specs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Who handles system calls of a container's processes (config-linux.md, "Seccomp"): a program that listens on a Unix socket and is
 * sent, for each process, its state and the descriptor that its calls are handed to ("The Container Process State").
 */
record SeccompListener(Config config, ContainerRecord record) {
    /** The name that the specification gives the descriptor. */
    private static final String DESCRIPTOR = "seccompFd";

    /**
     * Sends it. Until that has happened calls of the process that the listener is to handle wait.
     *
     * @throws Failure IO if there is nobody who listens
     */
    void hand(Child process, Fd descriptor) {
        SeccompProfile.Listener listener = config.seccomp()
                .flatMap(SeccompProfile::listener)
                .orElseThrow(() -> new IllegalStateException("a filter notifies, and there is no listener"));
        byte[] json = JsonText.compact(state(process, listener));
        try (Fd socket = Sockets.connect(Path.of(listener.path()))) {
            Sockets.send(socket, ByteBuffer.wrap(json), List.of(descriptor));
        } catch (LinuxException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot hand the system calls of " + record.id().inSentence() + " to the listener at "
                                    + listener.path() + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    private ObjectNode state(Child process, SeccompProfile.Listener listener) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("ociVersion", Specs.OCI_VERSION);
        out.putArray("fds").add(DESCRIPTOR);
        out.put("pid", process.pid());
        out.put("metadata", listener.metadata());
        int init = record.state().init().map(ProcessRef::pid).orElse(process.pid());
        out.set("state", OciState.specified(record, record.state().word(), OptionalInt.of(init)));
        return out;
    }
}
