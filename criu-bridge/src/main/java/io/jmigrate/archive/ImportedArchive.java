package io.jmigrate.archive;

import io.jmigrate.criu.job.JobFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An archive that was extracted. Everything in it came from a file that anybody may have made.
 *
 * @param directory the directory that holds it all, mode 0700; see {@link #remove}
 * @param imageDirectory CRIU's images and descriptors.json, for a restore
 * @param job if it is an archive of a job
 * @param spec {@code spec.dump}: the container's config.json where the archive was made; present unless it is one of a job
 * @param container {@code config.dump}
 * @param rootfsDiff {@code rootfs-diff.tar}, not looked into
 * @param deletedFiles {@code deleted.files}, not looked into: what the image has and the container had deleted
 * @param volumes files outside of the root filesystem
 * @param contentBytes bytes of content extracted
 */
public record ImportedArchive(
        Path directory,
        Path imageDirectory,
        Optional<JobFile> job,
        Optional<Path> spec,
        ContainerDescription container,
        Optional<Path> rootfsDiff,
        Optional<Path> deletedFiles,
        List<ImportedVolume> volumes,
        long contentBytes) {
    public ImportedArchive {
        volumes = List.copyOf(volumes);
    }

    /** Removes everything that was extracted. */
    public void remove() {
        try {
            ExtractionDirectory.remove(directory);
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "directory " + directory + " can't be removed: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
