package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The table of nftables by which CRIU locks the connections of a tree in a network that it does not dump, as others use it too (criu/netfilter.c).
 * It stays if the tree does not go on when the dump is over. Which dump's it is {@code ROOT/ID/connection-lock} says, as others may have tables
 * there.
 *
 * @param container that was dumped, or is about to be
 */
public record LeftConnectionLock(Containers containers, ContainerRecord container) {
    private static final String PREFIX = "CRIU-";

    /** CRIU cuts the name off where its buffer ends. */
    private static final int NAME_MIN = PREFIX.length() + 16;

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
     * Writes down whose it is, as the images won't be there any more.
     *
     * @param images of a dump that is complete, or none yet
     * @throws Failure DUMP_FAILED
     */
    public void note(Path images) {
        if (network().isEmpty()) {
            return;
        }
        try (ImageReader inventory = ImageReader.open(images.resolve("inventory.img"), ImageKind.INVENTORY)) {
            Files.writeString(file(), inventory.one(Inventory.parser()).getDumpCriuRunId());
        } catch (NoSuchFileException e) {
            // it was not dumped yet
        } catch (IOException e) {
            throw failed("write", e);
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
            String name = PREFIX + Files.readString(file());
            network().map(FilterTables::new).ifPresent(tables -> tables.names().stream()
                    .filter(each -> each.length() >= NAME_MIN && name.startsWith(each))
                    .forEach(tables::delete));
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
