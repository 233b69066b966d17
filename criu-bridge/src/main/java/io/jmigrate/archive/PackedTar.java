package io.jmigrate.archive;

import io.jmigrate.archive.integrity.MemberRecorder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An archive as a tar that may be compressed.
 *
 * @param compression {@code none}, {@code gzip} or {@code zstd}
 * @param tarSha256 of the tar, in lower-case hexadecimal digits
 */
public record PackedTar(String compression, String tarSha256) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Reads a whole archive, which is known to be one. */
    public static PackedTar of(Path archive) throws IOException {
        try (CountedInput in = new CountedInput(new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES))) {
            String compression = ArchiveInput.compression(in);
            MemberRecorder recorder = new MemberRecorder();
            byte[] buffer = new byte[BUFFER_BYTES];
            try (InputStream tar = ArchiveInput.decompress(in)) {
                for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                    recorder.content(buffer, 0, count);
                }
            }
            recorder.file("tar", 0);
            return new PackedTar(compression, recorder.members().getFirst().sha256());
        }
    }
}
