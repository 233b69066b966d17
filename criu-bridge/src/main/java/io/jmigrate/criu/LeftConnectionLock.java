package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A container's {@link ConnectionTable}, which stays if CRIU is killed, and if the container does not go on when the dump is over. {@code
 * ROOT/ID/connection-lock} says which it is from before CRIU makes it until the container goes on.
 *
 * @param container that was dumped, or is about to be
 */
public record LeftConnectionLock(Containers containers, ContainerRecord container) {
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);
    private static final Path OURS = Path.of("/proc/self/ns/net");

    private Path file() {
        return containers.store().directory(container.id()).resolve("connection-lock");
    }

    /** The network that it shares; absent if it has one of its own, which takes its tables along. */
    private Optional<NetworkNamespace> network() {
        Namespaces namespaces = containers.store().config(container).namespaces();
        return namespaces.isOwn(NamespaceKind.NETWORK)
                ? Optional.empty()
                : Optional.of(new NetworkNamespace(
                        namespaces.path(NamespaceKind.NETWORK).orElse(OURS)));
    }

    /**
     * Writes down whose it is.
     *
     * @param log of the CRIU that is about to make it
     * @throws Failure DUMP_FAILED
     */
    void note(Path log) {
        if (network().isEmpty()) {
            return;
        }
        ConnectionTable.run(log).ifPresent(run -> {
            try {
                Files.writeString(file(), run);
            } catch (IOException e) {
                throw failed("write", e);
            }
        });
    }

    /**
     * The container stands still, and these are its images. Without connections the table is good for nothing.
     *
     * @throws Failure IMAGES_INVALID, DUMP_FAILED, IO
     */
    void dumped(Path images) {
        if (Files.exists(file()) && !TcpConnections.in(images)) {
            delete();
        }
    }

    /**
     * The same for a container that was killed, as soon as nothing of it is left: whoever sends then is answered with a reset.
     *
     * @throws Failure DUMP_FAILED, IO
     */
    public void deleteOfKilled() {
        if (Files.exists(file())) {
            containers.cgroup(container).destroy(DEATH_LIMIT);
            delete();
        }
    }

    /**
     * Deletes it, if it is there still. The sockets of the tree must be out of repair mode by then, or gone.
     *
     * @throws Failure DUMP_FAILED, IO
     */
    public void delete() {
        try {
            String run = Files.readString(file());
            network().ifPresent(shared -> new ConnectionTable(shared, run).delete());
            Files.deleteIfExists(file());
        } catch (NoSuchFileException e) {
            // there is none
        } catch (IOException e) {
            throw failed("use", e);
        }
    }

    private Failure failed(String act, IOException e) {
        return Failure.of(CriuCode.DUMP_FAILED, "cannot " + act + " " + file() + ": " + IoReason.of(e))
                .withCause(e);
    }
}
