package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.directory.ImageAccess;
import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.directory.ImageScratch;
import io.jmigrate.criu.directory.RestoredImages;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.mapping.CgroupImages;
import io.jmigrate.criu.mapping.MountPoints;
import io.jmigrate.criu.mapping.RestoreDescriptors;
import io.jmigrate.criu.mapping.RestoreMapping;
import io.jmigrate.criu.mapping.SessionImages;
import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.RestoreReservation;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A container's place with CRIU waiting in it. Run it once, then close it. */
public final class PreparedRestore implements AutoCloseable {
    private static final String LOG_FILE = "restore.log";

    private final Launcher launcher;
    private final RestoreRequest request;
    private final RestoreSlot slot;
    private final RestoreDescriptors descriptors;
    private final WaitingCriu criu;
    private final CriuConfig config;
    private final Consumer<String> warning;
    private final List<String> taken = new ArrayList<>();

    private PreparedRestore(
            Launcher launcher,
            RestoreRequest request,
            RestoreSlot slot,
            RestoreDescriptors descriptors,
            WaitingCriu criu,
            CriuConfig config,
            Consumer<String> warning) {
        this.launcher = launcher;
        this.request = request;
        this.slot = slot;
        this.descriptors = descriptors;
        this.criu = criu;
        this.config = config;
        this.warning = warning;
    }

    static PreparedRestore make(Containers containers, Launcher launcher, CriuBinary criu, RestoreRequest request) {
        LabelModules.require(request.container().inSentence(), request.terms());
        RestoreSlot slot = containers.prepareRestore(new RestoreReservation(
                request.container(), request.bundle(), BundleAddresses.changes(request), request.pidFile()));
        try {
            CriuConfig config = CriuConfig.of(slot.record().annotations(), true, request.options(), containers::warn);
            request.console().check(slot.config().process().terminal().isPresent());
            RestoreDescriptors descriptors = RestoreDescriptors.open(
                    Swrk.FIRST_FREE_NUMBER,
                    slot.config(),
                    request.streams(),
                    slot.network().namespace());
            try {
                WaitingCriu waiting = WaitingCriu.start(launcher, criu, slot, descriptors);
                return new PreparedRestore(launcher, request, slot, descriptors, waiting, config, containers::warn);
            } catch (RuntimeException e) {
                try (descriptors) {
                    throw e;
                }
            }
        } catch (RuntimeException e) {
            try (slot) {
                throw e;
            }
        }
    }

    /** The place, for example to look at its network namespace. */
    public RestoreSlot slot() {
        return slot;
    }

    /** A mount that the dump has left out comes from a path of this host. @param mountPoint where the container has it */
    public void take(String mountPoint, Path source) {
        taken.add(RestoreMapping.external(mountPoint, source));
    }

    private List<String> externals() {
        return Stream.concat(criu.externals().stream(), taken.stream()).toList();
    }

    /**
     * Restores the tree from the images, which must be complete now. The links come up, under the lock; it is unlocked when the
     * sockets are there and the tree is about to run, and the addresses are announced.
     *
     * <p>Returns when all memory is there; the tree may run long before.
     *
     * @return empty if the listener had the tree killed
     * @throws Failure IMAGES_INVALID, NO_SPACE, RESTORE_FAILED, MEMORY_LOST, FEATURE_MISSING, or whatever the listener throws
     */
    public Optional<Restored> run(RestoreListener listener) {
        slot.renewRoot();
        int pid = criu.swrk().process().pid();
        Optional<CgroupEntry> confined = new Confinement(request, slot, cgroups(), pid).run();
        Optional<Fd> file = config.open();
        try (ImageScratch scratch = new ImageScratch(request.imageDirectory());
                RestoredImages source = RestoredImages.of(
                        request, BundleAddresses.of(slot.config()), confined, files().rootMode(), scratch)) {
            return run(listener, source, file);
        } finally {
            file.ifPresent(Fd::close);
        }
    }

    private Optional<Restored> run(RestoreListener listener, RestoredImages source, Optional<Fd> file) {
        try (ImageDirectory images = ImageDirectory.toRead(source.path(), source.workDirectory(), LOG_FILE);
                MemoryArrival memory = memory(source, images, listener);
                ImageAccess _ = ImageAccess.grant(
                        request.imageDirectory(), slot.config().idMappings())) {
            source.refresh(); // memory that has to be there first has been put into images
            files().verify(source.path());
            ChangedLimits.read(request.imageDirectory()).ifPresent(slot::update);
            MountPoints.make(slot.config());
            TreeRestoreRequest call = call(images, memory, file);
            Optional<Restored> restored;
            try (LockedConnections connections = prepareNetwork(source.path())) {
                restored = restore(call, images, memory, connections, listener);
            }
            if (restored.isPresent()) {
                memory.await();
            }
            return restored;
        }
    }

    /** @return what of it is locked besides, where it is not locked as a whole */
    private LockedConnections prepareNetwork(Path source) {
        if (slot.network().comesWithTree()) {
            return LockedConnections.NONE;
        }
        boolean connections = !request.options().tcpClose() && TcpConnections.in(source);
        boolean locked = connections && slot.network().lockAll();
        slot.network().attachment().ifPresent(NetworkAttachment::linkUp);
        if (!connections || locked) {
            return LockedConnections.NONE;
        }
        Path own = Namespaces.path(criu.swrk().process().pid(), NamespaceKind.NETWORK);
        return LockedConnections.of(source, slot.network().namespace().orElse(own));
    }

    private MemoryArrival memory(RestoredImages source, ImageDirectory images, RestoreListener listener) {
        return new MemoryStart(
                        launcher,
                        new ContainerArrival(slot, request.imageDirectory()),
                        request,
                        request.pages().or(source::pages),
                        images.log(),
                        listener)
                .begin();
    }

    private Optional<Restored> restore(
            TreeRestoreRequest call,
            ImageDirectory images,
            MemoryArrival memory,
            LockedConnections connections,
            RestoreListener listener) {
        ContainerPlace place = new ContainerPlace(
                slot,
                connections,
                memory,
                request.console(),
                new OwnCgroups(cgroups()),
                criu.swrk().process().pid());
        try {
            return new TreeRestore(
                            criu.swrk(),
                            place,
                            tree -> launcher.adopt(tree.root().pid()))
                    .run(call, images, listener);
        } catch (Failure e) {
            throw memory.explain(e);
        }
    }

    private Map<String, String> cgroups() {
        return criu.cgroups(slot.record().cgroup().hierarchies());
    }

    private FilesAtRestore files() {
        return new FilesAtRestore(request, slot.config(), warning);
    }

    private TreeRestoreRequest call(ImageDirectory images, MemoryArrival memory, Optional<Fd> configFile) {
        return new TreeRestoreRequest(
                images.fd(),
                memory.work().map(RestoreWork::fd).or(images::workFd),
                images.logFile(),
                Optional.of(slot.root()),
                request.options(),
                request.terms(),
                configFile,
                SessionImages.rootLedNone(request.imageDirectory()),
                externals(),
                slot.network().comesWithTree(),
                descriptors.standFor(request.imageDirectory()),
                criu.cgroupRoots(),
                memory.comesLater(),
                tellCgroups());
    }

    /** Images of a dump that left cgroups out can be restored in any mode that does not ask for what was in them. */
    private boolean tellCgroups() {
        boolean tell = CgroupImages.tellPlaces(request.imageDirectory());
        if (request.options().cgroups().equals(Optional.of(CgroupMode.FULL))) {
            if (!tell) {
                throw Failure.of(
                        CriuCode.IMAGES_INVALID,
                        request.imageDirectory() + " says nothing of cgroups, whose limits full restores");
            }
            if (CgroupImages.tellOfFrozen(request.imageDirectory())) {
                throw Failure.of(
                        CriuCode.IMAGES_INVALID,
                        request.imageDirectory()
                                + " says that a cgroup was frozen, and CRIU would freeze itself in the mode full");
            }
        }
        return tell;
    }

    /** Ends CRIU, and removes the place and whatever is in it unless the tree has been let go. */
    @Override
    public void close() {
        try (RestoreSlot _ = slot;
                RestoreDescriptors _ = descriptors) {
            criu.close();
        }
    }
}
