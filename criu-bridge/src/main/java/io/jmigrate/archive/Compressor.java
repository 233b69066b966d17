package io.jmigrate.archive;

import io.jmigrate.archive.seekable.BlockOutput;
import java.io.OutputStream;

/** Puts the compressing stream in front of a file. */
final class Compressor {
    private Compressor() {}

    /** A stream that compresses into {@code out} and closes it. */
    static OutputStream compress(OutputStream out, Compression compression) {
        return switch (compression) {
            case Compression.None _ -> out;
            case Compression.Gzip(int level) -> BlockOutput.gzip(out, level);
            case Compression.Zstd(int level) -> BlockOutput.zstd(out, level);
        };
    }
}
