package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.directory.ImageScratch;
import io.jmigrate.criu.directory.RestoredImages;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.job.OwnPids;
import io.jmigrate.criu.job.TakenPids;
import io.jmigrate.criu.mapping.RestoreDescriptors;
import io.jmigrate.criu.mapping.SessionImages;
import io.jmigrate.criu.request.JobRestoreRequest;
import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.Enclosure;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.verify.FileDifferences;
import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Restores a job from an image directory.
 *
 * <p>Prerequisite: its pids are free, unless it gets a pid namespace of its own, and its files are where they were. On success it runs, as a child of the launcher's process, in
 * the cgroups, the network and the mounts of that. On failure nothing of it is left but CRIU's log, unless the failure came after the tree was let
 * go: then the message of the failure is the listener's own and the job runs.
 */
public final class RestoreJob {
    private static final String LOG_FILE = "restore.log";

    private final Launcher launcher;
    private final CriuBinary criu;
    private final Path nativeDirectory;
    private final CriuConfigFile configFile;

    /**
     * @param launcher starts CRIU and becomes the job's parent
     * @param criu which one
     * @param nativeDirectory has {@code jmigrate-pidns} and {@code jmigrate-fill}
     * @param configFile of CRIU's, for the jobs
     */
    public RestoreJob(Launcher launcher, CriuBinary criu, Path nativeDirectory, CriuConfigFile configFile) {
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
        this.nativeDirectory = nativeDirectory.toAbsolutePath().normalize();
        this.configFile = Objects.requireNonNull(configFile);
    }

    /**
     * Restores, and lets the listener decide while the job is held. Returns when all memory is there; the job may run long before.
     *
     * @return empty if the listener had it killed
     * @throws Failure CRIU_MISSING, CRIU_TOO_OLD, CRIU_CONFIG, IMAGES_INVALID, PID_TAKEN, FILES_DIFFER, FEATURE_MISSING, NO_SPACE, RESTORE_FAILED, MEMORY_LOST, or
     *     whatever the listener throws
     */
    public Optional<Restored> run(JobRestoreRequest request, RestoreListener listener) {
        try {
            return checked(request, listener);
        } finally {
            request.pages().ifPresent(PageStore::close);
        }
    }

    private Optional<Restored> checked(JobRestoreRequest request, RestoreListener listener) {
        Path directory = request.imageDirectory();
        ImageDirectory.requireNeeded(directory);
        JobFile job = JobFile.read(directory).orElseThrow(() -> Failure.of(
                        CriuCode.IMAGES_INVALID, directory + " holds no job: there is no " + JobFile.NAME)
                .withRemedy("if it holds a container, say what it is to be called: CONTAINER"));
        LabelModules.require(job.inSentence(), request.terms());
        if (!request.newPids()) {
            TakenPids.requireFree(job, directory);
        }
        if (request.terms().verifyFiles()) {
            FileDifferences.refuseAny(job.inSentence(), directory);
        }
        CriuConfig config = configFile.read(true, request.options());
        try (ImageScratch scratch = new ImageScratch(directory);
                RestoredImages source =
                        RestoredImages.of(request, Set.of(), Optional.empty(), Optional.empty(), scratch);
                ImageDirectory images = ImageDirectory.toRead(source.path(), source.workDirectory(), LOG_FILE);
                MemoryArrival memory = memory(request, job, scratch, source, images, listener)) {
            Optional<Restored> restored = restore(request, job, images, memory, config, listener);
            if (restored.isPresent()) {
                memory.await();
            }
            return restored;
        }
    }

    private MemoryArrival memory(
            JobRestoreRequest request,
            JobFile job,
            ImageScratch scratch,
            RestoredImages source,
            ImageDirectory images,
            RestoreListener listener) {
        JobArrival place =
                new JobArrival(job, nativeDirectory.resolve(RestoreSlot.MEMORY_PROGRAM), scratch, request.newPids());
        return new MemoryStart(launcher, place, request, request.pages().or(source::pages), images.log(), listener)
                .begin();
    }

    private Optional<Restored> restore(
            JobRestoreRequest request,
            JobFile job,
            ImageDirectory images,
            MemoryArrival memory,
            CriuConfig asked,
            RestoreListener listener) {
        Enclosure enclosure = request.newPids()
                ? Enclosure.newPids(nativeDirectory.resolve(OwnPids.PROGRAM), SessionImages.rootPid(images.path()))
                : Enclosure.NONE;
        Optional<Fd> work = memory.work().map(RestoreWork::fd).or(images::workFd);
        Optional<Fd> config = enclosure.configured(asked, work).open();
        try (RestoreDescriptors descriptors = RestoreDescriptors.ofStreams(Swrk.FIRST_FREE_NUMBER, request.streams());
                Swrk swrk = Swrk.start(
                        launcher,
                        criu,
                        enclosure,
                        enclosure.handed(images.fd(), work, config),
                        descriptors.byNumber())) {
            try (LockedConnections connections = lock(request, images, swrk)) {
                TreeRestoreRequest call = call(request, images, memory, work, config, descriptors);
                return to(place(request, job, connections, memory, swrk), swrk).run(call, images, listener);
            } catch (Failure e) {
                throw memory.explain(e);
            } finally {
                leaveIfItStays(request, swrk);
            }
        } finally {
            config.ifPresent(Fd::close);
        }
    }

    /** Who has made a pid namespace stays as long as the job, and ends by itself if there is none. */
    private static void leaveIfItStays(JobRestoreRequest request, Swrk swrk) {
        if (request.newPids()) {
            swrk.leave();
        }
    }

    private static LockedConnections lock(JobRestoreRequest request, ImageDirectory images, Swrk swrk) {
        return request.options().tcpClose()
                ? LockedConnections.NONE
                : LockedConnections.of(
                        images.path(), Namespaces.path(swrk.process().pid(), NamespaceKind.NETWORK));
    }

    private static JobPlace place(
            JobRestoreRequest request, JobFile job, LockedConnections connections, MemoryArrival memory, Swrk swrk) {
        OptionalInt outer = request.newPids() ? OptionalInt.of(swrk.process().pid()) : OptionalInt.empty();
        return new JobPlace(job, outer, connections, memory, request.pidFile());
    }

    /** Who has made a pid namespace for the job ends as the job does, and with its status. */
    private TreeRestore to(JobPlace place, Swrk swrk) {
        return new TreeRestore(
                swrk,
                place,
                tree -> place.outer().isPresent()
                        ? swrk.process()
                        : launcher.adopt(tree.root().pid()));
    }

    private static TreeRestoreRequest call(
            JobRestoreRequest request,
            ImageDirectory images,
            MemoryArrival memory,
            Optional<Fd> work,
            Optional<Fd> config,
            RestoreDescriptors descriptors) {
        return new TreeRestoreRequest(
                images.fd(),
                work,
                images.logFile(),
                Optional.empty(),
                request.options(),
                request.terms(),
                config,
                SessionImages.rootLedNone(images.path()),
                List.of(),
                false,
                descriptors.standFor(images.path()),
                Map.of(),
                memory.comesLater(),
                false);
    }
}
