package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.seekable.BlockOutput;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * What compresses, in front of a file. When it is closed before its channel, what was written gets no end: no table, no signature, and
 * the file is not closed.
 *
 * @param channel closing it completes what was written, and closes the file
 */
record Compressor(WritableByteChannel channel, Runnable giveUp) implements AutoCloseable {
    /** @param signing signs what is written, where a format has a place for that */
    static Compressor of(WritableByteChannel out, Compression compression, Optional<SigningKey> signing) {
        return switch (compression) {
            case Compression.None _ -> new Compressor(out, () -> {});
            case Compression.Gzip(int level) -> of(BlockOutput.gzip(out, level));
            case Compression.Zstd(int level) -> of(BlockOutput.zstd(out, level, signing.map(key -> key::sign)));
        };
    }

    private static Compressor of(BlockOutput blocks) {
        return new Compressor(blocks, blocks::abandon);
    }

    @Override
    public void close() {
        giveUp.run();
    }
}
