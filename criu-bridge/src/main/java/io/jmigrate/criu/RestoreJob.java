package io.jmigrate.criu;

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
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

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
    private final Path pidsProgram;

    /**
     * @param launcher starts CRIU and becomes the job's parent
     * @param criu which one
     * @param nativeDirectory has {@code jmigrate-pidns}
     */
    public RestoreJob(Launcher launcher, CriuBinary criu, Path nativeDirectory) {
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
        this.pidsProgram = nativeDirectory.toAbsolutePath().normalize().resolve(OwnPids.PROGRAM);
    }

    /**
     * Restores, and lets the listener decide while the job is held.
     *
     * @return empty if the listener had it killed
     * @throws Failure CRIU_MISSING, CRIU_TOO_OLD, IMAGES_INVALID, PID_TAKEN, FEATURE_MISSING, NO_SPACE, RESTORE_FAILED, or whatever the listener throws
     */
    public Optional<Restored> run(JobRestoreRequest request, RestoreListener listener) {
        try (ImageDirectory images =
                ImageDirectory.toRead(request.imageDirectory(), request.workDirectory(), LOG_FILE)) {
            JobFile job = JobFile.read(images.path()).orElseThrow(() -> Failure.of(
                            CriuCode.IMAGES_INVALID, images.path() + " holds no job: there is no " + JobFile.NAME)
                    .withRemedy("if it holds a container, say what it is to be called: CONTAINER"));
            if (request.newPids()) {
                OwnLog.refuse(request.workDirectory());
            } else {
                TakenPids.requireFree(job, images.path());
            }
            return restore(request, job, images, listener);
        }
    }

    private Optional<Restored> restore(
            JobRestoreRequest request, JobFile job, ImageDirectory images, RestoreListener listener) {
        Enclosure enclosure = request.newPids()
                ? Enclosure.newPids(pidsProgram, SessionImages.rootPid(images.path()))
                : Enclosure.NONE;
        try (RestoreDescriptors descriptors = RestoreDescriptors.ofStreams(Swrk.FIRST_FREE_NUMBER, request.streams());
                Swrk swrk = Swrk.start(launcher, criu, enclosure, images.fd(), descriptors.byNumber())) {
            try {
                return to(place(request, job, swrk), swrk).run(call(request, images, descriptors), images, listener);
            } finally {
                leaveIfItStays(request, swrk);
            }
        }
    }

    /** Who has made a pid namespace stays as long as the job, and ends by itself if there is none. */
    private static void leaveIfItStays(JobRestoreRequest request, Swrk swrk) {
        if (request.newPids()) {
            swrk.leave();
        }
    }

    private static JobPlace place(JobRestoreRequest request, JobFile job, Swrk swrk) {
        OptionalInt outer = request.newPids() ? OptionalInt.of(swrk.process().pid()) : OptionalInt.empty();
        return new JobPlace(job, outer, request.pidFile());
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
            JobRestoreRequest request, ImageDirectory images, RestoreDescriptors descriptors) {
        return new TreeRestoreRequest(
                images.fd(),
                images.workFd(),
                images.logFile(),
                Optional.empty(),
                request.options(),
                request.terms(),
                Optional.empty(),
                SessionImages.rootLedNone(images.path()),
                List.of(),
                false,
                descriptors.standFor(images.path()),
                Map.of(),
                false,
                false);
    }
}
