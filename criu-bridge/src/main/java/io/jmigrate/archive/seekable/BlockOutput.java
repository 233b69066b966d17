package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
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
public final class BlockOutput extends OutputStream {
    /** Size of a block: what a single page costs to read, against the 2 % that larger ones save. */
    public static final int BLOCK_BYTES = 1 << 20;

    /** Memory grows with every worker. */
    private static final int WORKERS_MAX = 8;

    private final FrameSink sink;
    private final Supplier<BlockCodec> codecs;
    private final Queue<BlockCodec> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers;
    private final Arena memory = Arena.ofShared();
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final Deque<Future<Frame>> pending = new ArrayDeque<>();
    private ByteBuffer block;
    private boolean failed;
    private boolean closed;

    private BlockOutput(FrameSink sink, Supplier<BlockCodec> codecs) {
        this.sink = sink;
        this.codecs = codecs;
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), WORKERS_MAX);
        workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().name("archive-compressor-", 0).daemon().factory());
        for (int i = 0; i < threads + 2; i++) {
            free.add(memory.allocate(BLOCK_BYTES).asByteBuffer());
        }
        block = free.remove();
    }

    /**
     * Zstd with a seek table and checksums behind it.
     *
     * @param out closed with the stream
     * @param level 1 to 19
     * @param signer signs digests of all frames and of the table: Ed25519, 64 bytes
     */
    public static BlockOutput zstd(OutputStream out, int level, Optional<UnaryOperator<byte[]>> signer) {
        return new BlockOutput(new IndexedFrames(out, signer), () -> new ZstdBlocks(level, BLOCK_BYTES));
    }

    /**
     * Gzip, without a table.
     *
     * @param out closed with the stream
     * @param level 1 to 9
     */
    public static BlockOutput gzip(OutputStream out, int level) {
        return new BlockOutput(new PlainFrames(out), () -> new GzipBlocks(level));
    }

    /** A block that was compressed. */
    private record Frame(ByteBuffer block, byte[] compressed, byte[] digest) {}

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Takes all of it. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), block.remaining());
            block.put(block.position(), bytes, bytes.position(), count);
            block.position(block.position() + count);
            bytes.position(bytes.position() + count);
            if (!block.hasRemaining()) {
                submit();
            }
        }
    }

    private void submit() throws IOException {
        ByteBuffer full = block.flip();
        pending.add(workers.submit(() -> compress(full)));
        if (free.isEmpty()) {
            handOn();
        }
        block = free.remove();
    }

    private Frame compress(ByteBuffer full) {
        BlockCodec codec = idle.poll();
        if (codec == null) {
            codec = codecs.get();
        }
        try {
            byte[] compressed = codec.compress(full);
            return new Frame(full, compressed, sink.digest(compressed));
        } finally {
            idle.add(codec);
        }
    }

    private void handOn() throws IOException {
        try {
            Frame frame = pending.remove().get();
            sink.frame(frame.compressed(), frame.digest(), frame.block().limit());
            free.add(frame.block().clear());
        } catch (InterruptedException e) {
            failed = true;
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            failed = true;
            throw new IOException("compressing failed: " + e.getCause().getMessage(), e.getCause());
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    private void finish() throws IOException {
        if (block.position() > 0) {
            submit();
        }
        while (!pending.isEmpty()) {
            handOn();
        }
        sink.finish();
    }

    /** Completes the stream, unless it has failed before, and closes the one below it. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                finish();
            }
        } finally {
            release();
        }
    }

    private void release() throws IOException {
        workers.shutdownNow();
        workers.close();
        idle.forEach(BlockCodec::close);
        memory.close();
        sink.close();
    }
}
