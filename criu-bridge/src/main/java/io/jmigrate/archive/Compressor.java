package io.jmigrate.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Puts the compressing stream in front of a file. */
final class Compressor {
    private static final int GZIP_BUFFER_BYTES = 64 << 10;
    /** Memory grows with every worker (a few windows each), throughput hardly beyond this. */
    private static final int WORKERS_MAX = 8;

    private Compressor() {}

    /** A stream that compresses into {@code out} and closes it. */
    static OutputStream compress(OutputStream out, Compression compression) throws IOException {
        return switch (compression) {
            case Compression.None ignored -> out;
            case Compression.Gzip ignored -> new GZIPOutputStream(out, GZIP_BUFFER_BYTES);
            case Compression.Zstd(int level) -> zstd(out, level);
        };
    }

    /** With a checksum of the content, which is what finds damage when the archive is read. */
    private static OutputStream zstd(OutputStream out, int level) throws IOException {
        int workers = Math.min(Runtime.getRuntime().availableProcessors(), WORKERS_MAX);
        return new ZstdOutputStreamNoFinalizer(out)
                .setLevel(level)
                .setChecksum(true)
                .setWorkers(workers);
    }
}
