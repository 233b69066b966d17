package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An archive to write.
 *
 * @param target where
 * @param container becomes {@code config.dump}
 * @param spec the container's config.json, becomes {@code spec.dump}
 * @param imageDirectory complete image directory with descriptors.json, becomes {@code checkpoint/}
 * @param dumpLog CRIU's log, becomes {@code dump.log}
 * @param statistics CRIU's stats-dump, becomes {@code stats-dump}
 * @param rootfsDiff tar of the files that differ from the image, becomes {@code rootfs-diff.tar}
 * @param compression of the whole archive
 * @param progress told about content bytes read
 * @param signing signs the manifest
 */
public record ExportRequest(
        ArchiveTarget target,
        ContainerDescription container,
        Path spec,
        Path imageDirectory,
        Optional<Path> dumpLog,
        Optional<Path> statistics,
        Optional<Path> rootfsDiff,
        Compression compression,
        Progress progress,
        Optional<SigningKey> signing) {
    public ExportRequest {
        Objects.requireNonNull(target);
        Objects.requireNonNull(container);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(dumpLog);
        Objects.requireNonNull(statistics);
        Objects.requireNonNull(rootfsDiff);
        Objects.requireNonNull(compression);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(signing);
    }

    /** An archive without a signature. */
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
                spec,
                imageDirectory,
                dumpLog,
                statistics,
                rootfsDiff,
                compression,
                progress,
                Optional.empty());
    }

    /** The same with a signature. */
    public ExportRequest signed(SigningKey key) {
        return new ExportRequest(
                target,
                container,
                spec,
                imageDirectory,
                dumpLog,
                statistics,
                rootfsDiff,
                compression,
                progress,
                Optional.of(key));
    }
}
