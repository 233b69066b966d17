package io.jmigrate.archive;

import io.jmigrate.runtime.linux.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An archive as a tar that may be compressed.
 *
 * @param contents what it holds
 * @param compression {@code none}, {@code gzip} or {@code zstd}
 * @param tarSha256 of the tar, in lower-case hexadecimal digits
 */
public record PackedTar(ArchiveContents contents, String compression, String tarSha256) {
    /**
     * Reads a whole archive in plain, once.
     *
     * @param name what messages call it
     * @throws io.jmigrate.runtime.failure.Failure with an {@link ArchiveCode}
     */
    public static PackedTar of(Path archive, String name, Limits limits) throws IOException {
        if (compression(archive).equals("none") && LayoutFile.begins(ArchiveInput.start(archive))) {
            throw new ArchiveFile(name).alreadyImage();
        }
        MessageDigest digest = Sha256.digest();
        ArchiveContents contents =
                ArchiveContents.readAs(archive, name, limits, tar -> new DigestInputStream(tar, digest));
        return new PackedTar(contents, compression(archive), HexFormat.of().formatHex(digest.digest()));
    }

    private static String compression(Path archive) throws IOException {
        try (CountedInput in = new CountedInput(new BufferedInputStream(Files.newInputStream(archive)))) {
            return ArchiveInput.compression(in);
        }
    }
}
