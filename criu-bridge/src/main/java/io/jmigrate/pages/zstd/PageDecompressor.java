package io.jmigrate.pages.zstd;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageSink;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;

/** Makes pages of what {@link PageCompressor} made of them somewhere else, for one thread. Takes no more memory, whatever comes. */
public final class PageDecompressor implements AutoCloseable {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final ByteBuffer pages = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);

    /**
     * Undoes the compression.
     *
     * @param content at most {@link PageSink#DATA_BYTES_MAX}; stays as it is
     * @param bytes how many there have to be, at most as many
     * @return good until the next call
     * @throws Failure PAGES_PROTOCOL if it is nothing compressed, or there are more or fewer
     */
    public ByteBuffer decompress(ByteBuffer content, int bytes) {
        compressed.clear().put(content.duplicate()).flip();
        pages.clear().limit(bytes);
        try {
            context.decompress(pages, compressed);
        } catch (ZstdException e) {
            throw broken().withCause(e);
        }
        if (pages.hasRemaining()) {
            throw broken();
        }
        return pages.flip();
    }

    private static Failure broken() {
        return Failure.of(PageCode.PAGES_PROTOCOL, "what was compressed is not what it is said to be");
    }

    @Override
    public void close() {
        context.close();
    }
}
