package io.jmigrate.migration.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a thread sends over a socket: it waits for the socket's queue to drain. */
final class SendingEnd {
    private static final int QUEUE_BYTES = 4 << 20;
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(3);

    private final NetSocket socket;
    private final ChannelLife life;
    private final Duration stallLimit;
    private Future<Void> lastWrite = Future.succeededFuture();

    /** @param stallLimit a peer that takes nothing for so long is gone */
    SendingEnd(NetSocket socket, ChannelLife life, Duration stallLimit) {
        this.socket = socket;
        this.life = life;
        this.stallLimit = stallLimit;
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.drainHandler(_ -> life.signal(life.drained()));
    }

    boolean hasRoom() {
        return !socket.writeQueueFull();
    }

    /** Waits for room. */
    void send(Frame frame) {
        write(frame, stallLimit);
    }

    /** Without waiting for room. */
    void append(Frame frame) {
        write(frame, Duration.ZERO);
    }

    private void write(Frame frame, Duration patience) {
        ByteBuf bytes = encoded(frame);
        boolean written = false;
        life.lock().lock();
        try {
            if (patience.isPositive()) {
                awaitRoom(patience);
            }
            life.requireOpen();
            written = true;
            lastWrite = socket.write(BufferInternal.buffer(bytes));
            lastWrite.onComplete(_ -> bytes.release()); // Vert.x leaves buffers to who has made them
            lastWrite.onFailure(e -> life.end(life.unreachable("lost the connection: " + e.getMessage())));
        } catch (InterruptedException e) {
            throw ChannelLife.interrupted(e);
        } finally {
            life.lock().unlock();
            if (!written) {
                bytes.release();
            }
        }
    }

    private void awaitRoom(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        while (!life.hasEnded() && socket.writeQueueFull()) {
            if (left <= 0) {
                throw life.unreachable("takes no data");
            }
            life.requireUninterrupted();
            left = life.drained().awaitNanos(left);
        }
    }

    /** In the memory that a socket is written from, and TLS encrypts in. */
    private static ByteBuf encoded(Frame frame) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(frame.bytes())
                .writeBytes(frame.header())
                .writeBytes(frame.meta())
                .writeBytes(frame.payload().duplicate());
    }

    /** What can't be sent within the limit, or at all, is lost with the connection, which the peer sees. */
    void flush() {
        life.lock().lock();
        Future<Void> last = lastWrite;
        life.lock().unlock();
        CompletableFuture<Void> done = last.toCompletionStage().toCompletableFuture();
        done.handle((_, _) -> true)
                .completeOnTimeout(false, FLUSH_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
