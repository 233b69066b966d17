package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.seekable.BlockOutput;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** Puts what compresses in front of a file. */
final class Compressor {
    private Compressor() {}

    /**
     * Compresses into {@code out} and closes it.
     *
     * @param signing signs what is written, where a format has a place for that
     */
    static WritableByteChannel compress(
            WritableByteChannel out, Compression compression, Optional<SigningKey> signing) {
        return switch (compression) {
            case Compression.None _ -> out;
            case Compression.Gzip(int level) -> BlockOutput.gzip(out, level);
            case Compression.Zstd(int level) -> BlockOutput.zstd(out, level, signing.map(key -> key::sign));
        };
    }
}
