package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupAccess;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.SpecChanges;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import io.jmigrate.runtime.validate.Configs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A container as it is to be made: its spec and config, and its record with everything in it that can be decided beforehand. Reading it
 * changes nothing.
 */
record Blueprint(Spec spec, Config config, ContainerRecord record) {
    /** Containers of this root are known to the host by their ids alone. */
    private static final Path DEFAULT_ROOT = Path.of("/run/jmigrate");

    /** @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, UNSUPPORTED */
    static Blueprint toCreate(LifecycleHost host, ContainerId id, Path bundle, boolean keepsKeyring) {
        Optional<String> keyring = keepsKeyring
                ? Optional.empty()
                : Optional.of(keyringName(host.store().root(), id));
        return read(host, id, bundle, Specs.read(bundle), keyring, false);
    }

    /**
     * CRIU restores no keyrings: the restored tree, and what is executed in the container later, get one of this name.
     *
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, UNSUPPORTED
     */
    static Blueprint toRestore(LifecycleHost host, ContainerId id, Path bundle, SpecChanges changes) {
        Blueprint blueprint = read(
                host,
                id,
                bundle,
                Specs.read(bundle, changes, id.value()),
                Optional.of(keyringName(host.store().root(), id)),
                true);
        blueprint.config().externalMounts().stream()
                .filter(bind -> bind.ids().isPresent())
                .findFirst()
                .ifPresent(bind -> refuseMapped(id, bind));
        return blueprint;
    }

    private static void refuseMapped(ContainerId id, MountConfig.Bind bind) {
        throw Failure.of(
                RuntimeCode.UNSUPPORTED,
                "cannot restore " + id.inSentence()
                        + ": CRIU does not map the ids of mounts, and the config asks for it at " + bind.destination());
    }

    /**
     * A container that has ended, once more: by the config that was kept when it was made, with limits as they were set last.
     *
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, UNSUPPORTED
     */
    static Blueprint again(LifecycleHost host, ContainerRecord ended) {
        SpecReading kept = Specs.read(host.store().directory(ended.id()));
        Config config = Configs.resolve(ended.bundle(), kept, host.rights());
        return new Blueprint(kept.spec(), config, ended.made(new ContainerState.Creating()));
    }

    private static Blueprint read(
            LifecycleHost host,
            ContainerId id,
            Path bundle,
            SpecReading reading,
            Optional<String> keyring,
            boolean restored) {
        Config config = Configs.resolve(bundle, reading, host.rights());
        CgroupPaths cgroup = cgroup(host, id, config, reading.changed());
        ContainerRecord record = new ContainerRecord(
                id,
                reading.spec().ociVersion(),
                bundle,
                config.rootfs().path(),
                Instant.now(),
                Processes.uid(),
                config.annotations(),
                new ContainerState.Creating(),
                cgroup,
                networkNamespace(host, id, config),
                keyring,
                restored);
        return new Blueprint(reading.spec(), config, record);
    }

    private static CgroupPaths cgroup(LifecycleHost host, ContainerId id, Config config, Map<String, String> changed) {
        CgroupPaths wanted = place(host, id, config, changed);
        boolean chosen = config.cgroupsPath().filter(path -> !path.isEmpty()).isPresent();
        if (chosen || wanted.unit().isPresent() || !host.rights().cgroupOptional()) {
            return wanted;
        }
        CgroupAccess access = CgroupAccess.to(wanted);
        access.check(config.resources());
        if (access.usable().places().isEmpty() && !config.namespaces().isNew(NamespaceKind.PID)) {
            throw Failure.of(
                    RuntimeCode.UNSUPPORTED,
                    "cannot create " + id.inSentence()
                            + ": without a cgroup of its own, which this user may not make, it needs"
                            + " a PID namespace of its own, so that its processes can be found");
        }
        return access.usable();
    }

    private static CgroupPaths place(LifecycleHost host, ContainerId id, Config config, Map<String, String> changed) {
        try {
            return host.place(config.cgroupsPath(), hostName(host.store().root(), id));
        } catch (Failure e) {
            if (e.code() == RuntimeCode.INVALID_CONFIG && changed.containsKey(SpecChanges.CGROUPS_PATH)) {
                throw Failure.of(
                                RuntimeCode.INVALID_CHANGE,
                                changed.get(SpecChanges.CGROUPS_PATH) + ": " + e.getMessage())
                        .withCause(e);
            }
            throw e;
        }
    }

    /**
     * Below another root the same id may be in use, also on the same host, as it is while a container moves from one root to
     * another: there the name tells the roots apart.
     *
     * @return what the container's cgroups are called by default
     */
    static String hostName(Path root, ContainerId id) {
        if (root.equals(DEFAULT_ROOT)) {
            return id.value();
        }
        CRC32 hash = new CRC32();
        hash.update(root.toString().getBytes(StandardCharsets.UTF_8));
        return "%s-%08x".formatted(id.value(), hash.getValue());
    }

    /** As runc calls it. */
    private static String keyringName(Path root, ContainerId id) {
        return "_ses." + hostName(root, id);
    }

    /** An ordinary user can't hold one, as that takes a mount: it lives as long as its processes. */
    private static Optional<Path> networkNamespace(LifecycleHost host, ContainerId id, Config config) {
        if (!config.namespaces().isNew(NamespaceKind.NETWORK)) {
            return config.namespaces().path(NamespaceKind.NETWORK);
        }
        return Optional.of(host.store().networkNamespace(id))
                .filter(_ -> !host.rights().isOrdinary());
    }

    /** Whether the runtime makes and holds the network namespace. */
    boolean holdsNetworkNamespace() {
        return config.namespaces().isNew(NamespaceKind.NETWORK)
                && record.networkNamespace().isPresent();
    }
}
