package io.jmigrate.archive;

import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.secrecy.Decryption;
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
 * @param decryption with what to decrypt the archive, which must be encrypted then; none if it must not be
 */
public record ImportRequest(
        ArchiveSource source,
        Path directory,
        Limits limits,
        Progress progress,
        Optional<TrustedKey> trust,
        Optional<Decryption> decryption) {
    public ImportRequest {
        Objects.requireNonNull(source);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(trust);
        Objects.requireNonNull(decryption);
    }

    /** A file that anybody may have made. */
    public ImportRequest(Path file, Path directory, Limits limits, Progress progress) {
        this(new ArchiveSource.InFile(file), directory, limits, progress, Optional.empty(), Optional.empty());
    }

    /** The same of somebody who can be trusted. */
    public ImportRequest trusting(TrustedKey key) {
        return new ImportRequest(source, directory, limits, progress, Optional.of(key), decryption);
    }

    /** The same of an archive that is encrypted. */
    public ImportRequest decrypting(Decryption means) {
        return new ImportRequest(source, directory, limits, progress, trust, Optional.of(means));
    }
}
