package io.jmigrate.pages.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.jmigrate.pages.PageSink;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Makes pages smaller, for one thread. */
public final class PageCompressor implements AutoCloseable {
    /** The fastest one that is worth its name. */
    private static final int LEVEL = 1;
    /** Less gain is not worth the other end's time. */
    private static final double PART_MAX = 0.95;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect((int) Zstd.compressBound(PageSink.DATA_BYTES_MAX));

    /**
     * Compresses pages, as one Zstandard frame (RFC 8878).
     *
     * @param pages at most {@link PageSink#DATA_BYTES_MAX}; stays as it is
     * @return good until the next call; empty if they would hardly be smaller
     */
    public Optional<ByteBuffer> compress(ByteBuffer pages) {
        compressed.clear();
        context.compress(compressed, direct(pages));
        compressed.flip();
        return compressed.remaining() < pages.remaining() * PART_MAX ? Optional.of(compressed) : Optional.empty();
    }

    private static ByteBuffer direct(ByteBuffer pages) {
        return pages.isDirect()
                ? pages.duplicate()
                : ByteBuffer.allocateDirect(pages.remaining())
                        .put(pages.duplicate())
                        .flip();
    }

    @Override
    public void close() {
        context.close();
    }
}
