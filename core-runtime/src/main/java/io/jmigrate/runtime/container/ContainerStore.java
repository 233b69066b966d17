package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.Specs;
import io.jmigrate.runtime.store.NameLock;
import io.jmigrate.runtime.store.StateDirectories;
import io.jmigrate.runtime.validate.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of all containers below one runtime root. Any number of processes may use it at once. */
public final class ContainerStore {
    /** Longer than any command but a foreground run, which holds no lock while it waits, and a restore of much memory. */
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

    private static final String HOOKS = "\"hooks\"";
    private static final String EXEC_FIFO = "exec.fifo";
    private static final String RESOURCES_CHANGE = "resources.json";
    private static final String NETWORK_NAMESPACE = "netns";
    private static final String RESTORE_ROOT = "rootfs";

    private final StateDirectories directories;

    /** @param root the runtime root; made when the first container is */
    public ContainerStore(Path root) {
        this.directories = new StateDirectories(root);
    }

    /** The runtime root, absolute. */
    public Path root() {
        return directories.root();
    }

    /** The directory of a container, whether or not it exists. */
    public Path directory(ContainerId id) {
        return directories.directory(id.value());
    }

    /**
     * Keeps a container's config.json as it was when the container was made: the bundle's may change, or vanish. Under the
     * container's lock.
     */
    void keepConfig(ContainerId id, Spec spec) {
        keep(configFile(id), Specs.write(spec));
    }

    /** The config.json that is kept, with limits as they were set last. */
    public Path configFile(ContainerId id) {
        return directory(id).resolve(Specs.FILE_NAME);
    }

    /** Keeps what has become of the limits since the container was made, for checkpoints of it. Under the container's lock. */
    void keepChange(ContainerId id, ResourcesChange change) {
        keep(changeFile(id), change.bytes());
    }

    /** What {@link #change} is kept in; there if limits were changed. */
    public Path changeFile(ContainerId id) {
        return directory(id).resolve(RESOURCES_CHANGE);
    }

    /** What has become of the limits since the container was made. @throws Failure STATE_UNREADABLE if it can't be read */
    ResourcesChange change(ContainerId id) {
        return Files.exists(changeFile(id)) ? ResourcesChange.read(changeFile(id)) : ResourcesChange.NONE;
    }

    /** A reader sees what was kept before or this, and never half of it. */
    private static void keep(Path file, byte[] text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** The config with which a container was made. @throws Failure STATE_UNREADABLE if it was not kept or can't be read */
    public Config config(ContainerRecord record) {
        try {
            return Configs.ofRunning(record.bundle(), Specs.read(directory(record.id())));
        } catch (Failure e) {
            throw Failure.of(
                            RuntimeCode.STATE_UNREADABLE,
                            "the config of " + record.id().inSentence() + " can't be read: " + e.getMessage())
                    .withDetails(e.details())
                    .withCause(e);
        }
    }

    /**
     * The hooks with which a container was made; none if its config was not kept. Few have any: their config is not read as a whole.
     *
     * @throws Failure STATE_UNREADABLE
     */
    Hooks hooks(ContainerRecord record) {
        Path file = configFile(record.id());
        try {
            return Files.readString(file).contains(HOOKS) ? config(record).hooks() : Hooks.NONE;
        } catch (NoSuchFileException e) {
            return Hooks.NONE;
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** The FIFO that holds the init between create and start. */
    Path execFifo(ContainerId id) {
        return directory(id).resolve(EXEC_FIFO);
    }

    /** Where the network namespace of a container is held, if the runtime made one for it. */
    Path networkNamespace(ContainerId id) {
        return directory(id).resolve(NETWORK_NAMESPACE);
    }

    /** Where the root filesystem is bound while the container is restored. */
    Path restoreRoot(ContainerId id) {
        return directory(id).resolve(RESTORE_ROOT);
    }

    /** Where whoever restores the container may work; it goes with the container, whatever is mounted there. */
    public Path restoreWork(ContainerId id) {
        return directory(id).resolve("work");
    }

    /**
     * The right to change a container; every operation but reading takes it. It is not reentrant.
     *
     * @throws Failure WRONG_STATE if another command holds it for more than a minute
     */
    public NameLock lock(ContainerId id) {
        return directories.lock(id.value(), LOCK_LIMIT);
    }

    /** The ids of all containers, in alphabetical order. */
    public List<ContainerId> ids() {
        return directories.names().stream().map(ContainerId::of).toList();
    }

    /** @throws Failure ALREADY_EXISTS if the id is taken */
    void reserve(ContainerRecord record) {
        if (!directories.reserve(record.id().value(), StateJson.write(record))) {
            throw Failure.of(RuntimeCode.ALREADY_EXISTS, record.id().inSentence() + " exists already");
        }
    }

    /** @throws Failure NOT_FOUND if there is no such container, STATE_UNREADABLE if its record can't be read */
    public ContainerRecord load(ContainerId id) {
        return find(id).orElseThrow(() -> Failure.of(RuntimeCode.NOT_FOUND, id.inSentence() + " does not exist"));
    }

    /** @param created when it was made, if that counts @throws Failure NOT_FOUND, also if another one has its id by now, STATE_UNREADABLE */
    ContainerRecord load(ContainerId id, Optional<Instant> created) {
        ContainerRecord found = load(id);
        if (created.filter(time -> !time.equals(found.created())).isPresent()) {
            throw Failure.of(RuntimeCode.NOT_FOUND, id.inSentence() + " was deleted, and another one has its name");
        }
        return found;
    }

    /** @throws Failure STATE_UNREADABLE if the record is there and can't be read */
    public Optional<ContainerRecord> find(ContainerId id) {
        return directories.read(id.value()).map(json -> StateJsonReader.read(id, json));
    }

    /** Replaces the record. Under the container's lock. */
    void save(ContainerRecord record) {
        directories.write(record.id().value(), StateJson.write(record));
    }

    /** Removes the container's directory, which may hold no mount any more. Under the container's lock. */
    void remove(ContainerId id) {
        directories.remove(id.value());
    }
}
