package io.jmigrate.archive.seekable;

import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Compresses what is written to it in blocks of a fixed size, on all cores, and hands the frames on in order. For one thread,
 * which waits when the others lag. Memory: a block and what it becomes for each worker and two more.
 */
public final class BlockOutput implements WritableByteChannel {
    /** Size of a block: what a single page costs to read, against the 2 % that larger ones save. */
    public static final int BLOCK_BYTES = 1 << 20;

    /** Memory grows with every worker. */
    private static final int WORKERS_MAX = 8;

    private final FrameSink sink;
    private final Supplier<BlockCodec> codecs;
    private final Queue<BlockCodec> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers;
    private final Arena memory = Arena.ofShared();
    private final Deque<Block> free = new ArrayDeque<>();
    private final Deque<Future<Compressed>> pending = new ArrayDeque<>();
    private Block block;
    private boolean closed;

    private BlockOutput(FrameSink sink, Supplier<BlockCodec> codecs) {
        this.sink = sink;
        this.codecs = codecs;
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), WORKERS_MAX);
        workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().name("archive-compressor-", 0).daemon().factory());
        for (int i = 0; i < threads + 2; i++) {
            free.add(new Block(direct(BLOCK_BYTES), direct(BlockCodec.frameBytesMax(BLOCK_BYTES))));
        }
        block = free.remove();
    }

    /**
     * Zstd with a seek table and checksums behind it.
     *
     * @param out closed with this
     * @param level 1 to 19
     * @param signer signs digests of all frames and of the table: Ed25519, 64 bytes
     */
    public static BlockOutput zstd(WritableByteChannel out, int level, Optional<UnaryOperator<byte[]>> signer) {
        return new BlockOutput(new IndexedFrames(out, signer), () -> new ZstdBlocks(level));
    }

    /**
     * Gzip, without a table.
     *
     * @param out closed with this
     * @param level 1 to 9
     */
    public static BlockOutput gzip(WritableByteChannel out, int level) {
        return new BlockOutput(new PlainFrames(out), () -> new GzipBlocks(level));
    }

    /** A block's content and what it becomes. */
    private record Block(ByteBuffer content, ByteBuffer frame) {
        void fill(ByteBuffer bytes) {
            int count = Math.min(bytes.remaining(), content.remaining());
            content.put(content.position(), bytes, bytes.position(), count);
            content.position(content.position() + count);
            bytes.position(bytes.position() + count);
        }

        Block cleared() {
            content.clear();
            frame.clear();
            return this;
        }
    }

    /** A block whose frame is there. */
    private record Compressed(Block block, byte[] digest) {}

    private ByteBuffer direct(int bytes) {
        return PageBuffer.allocate(memory, bytes);
    }

    /** Takes all of it. */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            block.fill(bytes);
            if (!block.content().hasRemaining()) {
                submit();
            }
        }
        return length;
    }

    private void submit() throws IOException {
        Block full = block;
        full.content().flip();
        pending.add(workers.submit(() -> compress(full)));
        if (free.isEmpty()) {
            handOn();
        }
        block = free.remove();
    }

    private Compressed compress(Block full) {
        BlockCodec codec = idle.poll();
        if (codec == null) {
            codec = codecs.get();
        }
        try {
            codec.compress(full.content(), full.frame());
            return new Compressed(full, sink.digest(full.frame()));
        } finally {
            idle.add(codec);
        }
    }

    private void handOn() throws IOException {
        try {
            Compressed done = pending.remove().get();
            sink.frame(
                    done.block().frame(), done.digest(), done.block().content().limit());
            free.add(done.block().cleared());
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            abandon();
            throw new IOException("compressing failed: " + e.getCause().getMessage(), e.getCause());
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
    }

    private void finish() throws IOException {
        if (block.content().position() > 0) {
            submit();
        }
        while (!pending.isEmpty()) {
            handOn();
        }
        sink.finish();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** Completes what is written, and closes the channel below; nothing if it was abandoned, as it is after a failure. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            finish();
        } finally {
            abandon();
        }
        sink.close();
    }

    /** Leaves what is written as it is, without an end, and the channel below open. Nothing if it is closed. */
    public void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        workers.shutdownNow();
        workers.close();
        idle.forEach(BlockCodec::close);
        memory.close();
    }
}
