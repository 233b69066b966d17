package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.pages.frozen.PagesSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An archive to write.
 *
 * @param target where
 * @param container becomes {@code config.dump}
 * @param spec the container's config.json, becomes {@code spec.dump}; a job has none
 * @param imageDirectory complete image directory with descriptors.json, becomes {@code checkpoint/}
 * @param dumpLog CRIU's log, becomes {@code dump.log}
 * @param statistics CRIU's stats-dump, becomes {@code stats-dump}
 * @param rootfsDiff tar of the files that differ from the image, becomes {@code rootfs-diff.tar}
 * @param deletedFiles JSON array of the files that the image has and the container has deleted, becomes {@code deleted.files}
 * @param volumes tars of files outside of the root filesystem, by the member that each becomes ({@link Volume#member})
 * @param compression of the whole archive
 * @param progress told about content bytes read
 * @param signing signs the manifest
 * @param encryption encrypts all of it
 * @param pages files of the image directory whose content is elsewhere
 */
public record ExportRequest(
        ArchiveTarget target,
        ContainerDescription container,
        Optional<Path> spec,
        Path imageDirectory,
        Optional<Path> dumpLog,
        Optional<Path> statistics,
        Optional<MemberContent> rootfsDiff,
        Optional<Path> deletedFiles,
        SortedMap<String, MemberContent> volumes,
        Compression compression,
        Progress progress,
        Optional<SigningKey> signing,
        Optional<Encryption> encryption,
        List<PagesSource> pages) {
    public ExportRequest {
        Objects.requireNonNull(target);
        Objects.requireNonNull(container);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(dumpLog);
        Objects.requireNonNull(statistics);
        Objects.requireNonNull(rootfsDiff);
        Objects.requireNonNull(deletedFiles);
        Objects.requireNonNull(volumes);
        Objects.requireNonNull(compression);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(signing);
        Objects.requireNonNull(encryption);
        pages = List.copyOf(pages);
    }

    /** An archive in plain, without a signature or deleted files. */
    public ExportRequest(
            ArchiveTarget target,
            ContainerDescription container,
            Path spec,
            Path imageDirectory,
            Optional<Path> dumpLog,
            Optional<Path> statistics,
            Optional<Path> rootfsDiff,
            Compression compression,
            Progress progress) {
        this(
                target,
                container,
                Optional.of(spec),
                imageDirectory,
                dumpLog,
                statistics,
                rootfsDiff.map(MemberContent.InFile::new),
                Optional.empty(),
                Collections.emptySortedMap(),
                compression,
                progress,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same with a signature. */
    public ExportRequest signed(SigningKey key) {
        return with(Optional.of(key), encryption);
    }

    /** The same, encrypted. */
    public ExportRequest encrypted(Encryption means) {
        return with(signing, Optional.of(means));
    }

    private ExportRequest with(Optional<SigningKey> key, Optional<Encryption> means) {
        return new ExportRequest(
                target,
                container,
                spec,
                imageDirectory,
                dumpLog,
                statistics,
                rootfsDiff,
                deletedFiles,
                volumes,
                compression,
                progress,
                key,
                means,
                pages);
    }
}
