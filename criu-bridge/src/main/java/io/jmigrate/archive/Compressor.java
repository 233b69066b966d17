package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.seekable.BlockOutput;
import java.io.OutputStream;
import java.util.Optional;

/** Puts the compressing stream in front of a file. */
final class Compressor {
    private Compressor() {}

    /**
     * A stream that compresses into {@code out} and closes it.
     *
     * @param signing signs what is written, where a format has a place for that
     */
    static OutputStream compress(OutputStream out, Compression compression, Optional<SigningKey> signing) {
        return switch (compression) {
            case Compression.None _ -> out;
            case Compression.Gzip(int level) -> BlockOutput.gzip(out, level);
            case Compression.Zstd(int level) -> BlockOutput.zstd(out, level, signing.map(key -> key::sign));
        };
    }
}
