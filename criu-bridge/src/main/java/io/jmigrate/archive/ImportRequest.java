package io.jmigrate.archive;

import io.jmigrate.archive.integrity.TrustedKey;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An archive to read.
 *
 * @param source the archive; its compression is recognised by its first bytes
 * @param directory where to extract; must not exist, its parent must; made with mode 0700 and removed on failure
 * @param limits what is accepted
 * @param progress told about content bytes extracted
 * @param trust whose signature the archive must have; none if an archive of anybody is read
 */
public record ImportRequest(
        ArchiveSource source, Path directory, Limits limits, Progress progress, Optional<TrustedKey> trust) {
    public ImportRequest {
        Objects.requireNonNull(source);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(trust);
    }

    /** A file that anybody may have made. */
    public ImportRequest(Path file, Path directory, Limits limits, Progress progress) {
        this(new ArchiveSource.InFile(file), directory, limits, progress);
    }

    /** An archive that anybody may have made. */
    public ImportRequest(ArchiveSource source, Path directory, Limits limits, Progress progress) {
        this(source, directory, limits, progress, Optional.empty());
    }

    /** The same of somebody who can be trusted. */
    public ImportRequest trusting(TrustedKey key) {
        return new ImportRequest(source, directory, limits, progress, Optional.of(key));
    }
}
