package io.jmigrate.archive;

import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.archive.secrecy.Decryption;
import java.util.Objects;
import java.util.Optional;

/**
 * An archive to convert.
 *
 * @param source the archive
 * @param decryption with what to decrypt it, which must be encrypted then
 * @param trust whose signature it must have
 * @param limits what is accepted
 * @param layout for which engine
 * @param image what that engine calls the image that the container was made of, where the archive doesn't tell
 * @param target where the converted one goes
 * @param compression of the converted one
 * @param progress told about content bytes
 */
public record ConversionRequest(
        ArchiveSource source,
        Optional<Decryption> decryption,
        Optional<TrustedKey> trust,
        Limits limits,
        Layout layout,
        Optional<String> image,
        ArchiveTarget target,
        Compression compression,
        Progress progress) {
    public ConversionRequest {
        Objects.requireNonNull(source);
        Objects.requireNonNull(decryption);
        Objects.requireNonNull(trust);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(layout);
        Objects.requireNonNull(image);
        Objects.requireNonNull(target);
        Objects.requireNonNull(compression);
        Objects.requireNonNull(progress);
    }
}
