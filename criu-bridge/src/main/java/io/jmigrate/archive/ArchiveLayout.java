package io.jmigrate.archive;

import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.stream.HostFiles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of an archive's members: podman's (libpod/container_internal_common.go, checkpointctl lib/metadata.go), and what the other engines add. */
final class ArchiveLayout {
    static final String CONFIG_DUMP = "config.dump";
    static final String SPEC_DUMP = "spec.dump";
    static final String NETWORK_STATUS = "network.status";
    static final String DUMP_LOG = "dump.log";
    static final String STATISTICS = "stats-dump";
    static final String ROOTFS_DIFF = "rootfs-diff.tar";
    /** Names of files that the image has and the container had deleted, in JSON. */
    static final String DELETED_FILES = "deleted.files";

    /** The files of /dev/shm; podman writes it even if there are none. */
    static final String SHARED_MEMORY = "devshm-checkpoint.tar";

    /** The members and their digests; the last but the signature. */
    static final String MANIFEST = "manifest.json";
    /** Signature of the manifest's bytes, as it is: 64 bytes. */
    static final String SIGNATURE = "manifest.sig";

    /** Each file in it is a tar of the files of a named volume. */
    static final String VOLUMES = "volumes";

    private static final Pattern VOLUME = Pattern.compile(VOLUMES + "/" + Volume.NAME + "\\.tar");

    static final String CHECKPOINT = "checkpoint";
    static final String DESCRIPTORS = "descriptors.json";
    /** Times of open files (io.jmigrate.criu.verify). */
    private static final String OPEN_FILES = "open-files.json";

    /** Beside the images, for a restore. */
    private static final Set<String> NOTES =
            Set.of(DESCRIPTORS, OPEN_FILES, HostFiles.NAME, JobFile.NAME, ChangedLimits.NAME);

    /** Beside the images where a runtime was told to write its log there. */
    private static final Set<String> BY_PRODUCTS = Set.of(DUMP_LOG, STATISTICS);

    /** Beside the images of a job, which has no config.json. */
    static final String JOB = CHECKPOINT + "/" + JobFile.NAME;

    static final String INVENTORY = "inventory.img";

    /** What makes a file name an image of CRIU: all that criu/image-desc.c lists end so and need no other characters. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.img");

    private static final Set<String> DOCUMENTS =
            Set.of(CONFIG_DUMP, SPEC_DUMP, NETWORK_STATUS, DUMP_LOG, STATISTICS, DELETED_FILES, MANIFEST, SIGNATURE);

    /** What other engines tell about the container where it was (io.jmigrate.archive.layout). */
    private static final Set<String> OF_ITS_ENGINE =
            Set.of("ctr.log", "container.log", "io.kubernetes.cri-o.LogPath", "bind.mounts", "status", "status.dump");

    /** "artifacts" is there in every archive of podman, and empty. */
    private static final Set<String> DIRECTORIES = Set.of(CHECKPOINT, "artifacts", VOLUMES);

    /** Parts of a container that other engines archive and this version can't put back. */
    private static final Map<String, String> NOT_RESTORABLE = Map.of(
            VOLUMES,
            "volumes",
            "pre-checkpoint",
            "a previous checkpoint that this one builds on",
            "artifacts",
            "artifacts");

    /** How a member is treated. */
    enum Use {
        /** Small text that is read as a whole. */
        DOCUMENT,
        /** As large as the container's memory or files. */
        DATA,
        /** Of any size, read and checked, and of no use to a restore. */
        PASSED_OVER
    }

    private ArchiveLayout() {}

    /** The use of the regular file of that name in an archive, none if it has no place there. */
    static Optional<Use> use(String name) {
        String prefix = CHECKPOINT + "/";
        if (name.startsWith(prefix)) {
            return useInCheckpoint(name.substring(prefix.length()));
        }
        if (OF_ITS_ENGINE.contains(name)) {
            return Optional.of(Use.PASSED_OVER);
        }
        if (DOCUMENTS.contains(name)) {
            return Optional.of(Use.DOCUMENT);
        }
        return isTar(name) ? Optional.of(Use.DATA) : Optional.empty();
    }

    /** Whether a member is a tar of files outside of the root filesystem. */
    static boolean isVolume(String name) {
        return name.equals(SHARED_MEMORY) || VOLUME.matcher(name).matches();
    }

    /** Whether a member is a tar of files. */
    static boolean isTar(String name) {
        return name.equals(ROOTFS_DIFF) || isVolume(name);
    }

    /** Whether an archive may hold a directory of that name. */
    static boolean isDirectory(String name) {
        return DIRECTORIES.contains(name);
    }

    /** The use of the file of that name in an image directory. */
    static Optional<Use> useInCheckpoint(String name) {
        if (NOTES.contains(name)) {
            return Optional.of(Use.DOCUMENT);
        }
        if (BY_PRODUCTS.contains(name)) {
            return Optional.of(Use.PASSED_OVER);
        }
        return IMAGE.matcher(name).matches() ? Optional.of(Use.DATA) : Optional.empty();
    }

    /** What a member holds that is known and can't be restored. */
    static Optional<String> notRestorable(String name) {
        int slash = name.indexOf('/');
        return Optional.ofNullable(NOT_RESTORABLE.get(slash < 0 ? name : name.substring(0, slash)));
    }
}
