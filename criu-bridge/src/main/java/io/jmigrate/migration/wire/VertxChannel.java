package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames over a Vert.x socket: the event loop decodes and queues, threads take and send. What arrives is queued within bounds; sending
 * waits for the socket's queue to drain.
 */
final class VertxChannel implements FrameChannel {
    private static final int SEND_QUEUE_BYTES = 4 << 20;
    private static final int READ_BYTES_MIN = 4 << 10;
    private static final int READ_BYTES_MAX = 256 << 10;

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(3);

    private final NetSocketInternal socket;
    private final String peer;
    private final Duration stallLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final ReceiveQueue queue;
    private final FrameDecoder decoder;
    private final ByteBuffer greeting = ByteBuffer.allocate(Greeting.BYTES);
    private final CompletableFuture<Greeting> greeted = new CompletableFuture<>();
    private Failure ended;
    private Failure interruption;
    private Future<Void> lastWrite = Future.succeededFuture();

    /** Called on the socket's event loop, before anything can arrive. @param stallLimit a peer that takes nothing for so long is gone */
    VertxChannel(NetSocket socket, String peer, Duration stallLimit) {
        this.stallLimit = stallLimit;
        this.socket = (NetSocketInternal) socket;
        Payloads payloads = new Payloads();
        this.queue = new ReceiveQueue(this.socket, payloads);
        this.decoder = new FrameDecoder(payloads);
        this.peer = peer;
        socket.setWriteQueueMaxSize(SEND_QUEUE_BYTES);
        socket.drainHandler(_ -> signal(drained));
        socket.closeHandler(_ -> end(unreachable("closed the connection")));
        socket.exceptionHandler(e -> end(unreachable("lost the connection: " + e.getMessage())));
        this.socket.messageHandler(this::arrived);
        config().setRecvByteBufAllocator(
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_MIN, READ_BYTES_MAX));
    }

    private Failure unreachable(String what) {
        return Failure.of(MigrationCode.PEER_UNREACHABLE, "the peer " + peer + " " + what);
    }

    /** As Netty hands it over: {@link NetSocket#handler} would get a copy. */
    private void arrived(Object read) {
        ByteBuf bytes = (ByteBuf) read;
        lock.lock();
        try {
            ByteBuffer piece = bytes.nioBuffer();
            while (greeting.hasRemaining() && piece.hasRemaining()) {
                greeting.put(piece.get());
            }
            if (!greeting.hasRemaining() && !greeted.isDone()) {
                readGreeting();
            }
            decoder.feed(piece, this::enqueue);
            queue.pauseIfFull();
        } catch (Failure failure) {
            end(failure);
            socket.close();
        } finally {
            lock.unlock();
            bytes.release();
        }
    }

    private ChannelConfig config() {
        return socket.channelHandlerContext().channel().config();
    }

    /** A peer of another version is told ours before it is left, so that it can say so. */
    private void readGreeting() {
        if (Greeting.isOfOtherVersion(greeting.array())) {
            greet(Greeting.of(Role.CONTROL));
        }
        greeted.complete(Greeting.decode(greeting.array()));
    }

    private void enqueue(Frame frame) {
        queue.add(frame);
        changed.signalAll();
    }

    private void signal(Condition condition) {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(Failure why) {
        lock.lock();
        try {
            if (ended == null) {
                ended = why;
            }
            greeted.completeExceptionally(ended);
            changed.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends our greeting. */
    void greet(Greeting ours) {
        socket.write(Buffer.buffer(ours.encode()));
    }

    /** The peer's greeting. */
    Greeting awaitGreeting(Duration limit) {
        try {
            return greeted.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure ? failure : unreachable("failed: " + e.getCause());
        } catch (TimeoutException e) {
            throw Failure.of(MigrationCode.PEER_NOT_JMIGRATE, peer + " does not answer like a jmigrate node")
                    .withCause(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void send(Frame frame) {
        ByteBuf bytes = encoded(frame);
        boolean written = false;
        lock.lock();
        try {
            awaitRoom();
            requireOpen();
            written = true;
            lastWrite = socket.write(BufferInternal.buffer(bytes));
            lastWrite.onComplete(_ -> bytes.release()); // Vert.x leaves buffers to who has made them
            lastWrite.onFailure(e -> end(unreachable("lost the connection: " + e.getMessage())));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
            if (!written) {
                bytes.release();
            }
        }
    }

    @Override
    public void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0) {
                requireOpen();
                requireUninterrupted();
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        long left = stallLimit.toNanos();
        while (ended == null && socket.writeQueueFull()) {
            if (left <= 0) {
                throw unreachable("takes no data");
            }
            requireUninterrupted();
            left = drained.awaitNanos(left);
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

    private void requireOpen() {
        if (ended != null) {
            throw ended.again();
        }
    }

    private void requireUninterrupted() {
        if (interruption != null) {
            throw interruption.again();
        }
    }

    @Override
    public void interrupt(Failure why) {
        lock.lock();
        try {
            interruption = why;
            changed.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Frame> receiveUnless(CompletableFuture<?> event, Duration limit) {
        event.whenComplete((_, _) -> signal(changed));
        lock.lock();
        try {
            long left = limit.toNanos();
            while (queue.isEmpty() && !event.isDone()) {
                requireOpen();
                requireUninterrupted();
                if (left <= 0) {
                    throw unreachable("did not answer within " + limit.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
            return event.isDone() ? Optional.empty() : Optional.of(queue.take());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return Failure.of(MigrationCode.CANCELLED, "the migration was interrupted")
                .withCause(e);
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void close() {
        flush();
        end(unreachable("is not connected any more"));
        socket.close();
    }

    /** What can't be sent within the limit, or at all, is lost with the connection, which the peer sees. */
    private void flush() {
        lock.lock();
        Future<Void> last = lastWrite;
        lock.unlock();
        CompletableFuture<Void> done = last.toCompletionStage().toCompletableFuture();
        done.handle((_, _) -> true)
                .completeOnTimeout(false, FLUSH_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
