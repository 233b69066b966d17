package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Frames over a Vert.x socket: the event loop decodes and queues, threads take and send. What arrives is queued within bounds; sending
 * waits for the socket's queue to drain.
 */
final class VertxChannel implements FrameChannel {
    private static final int READ_BYTES_MIN = 4 << 10;
    private static final int READ_BYTES_MAX = 256 << 10;

    private final NetSocketInternal socket;
    private final String peer;
    private final ChannelLife life;
    private final SendingEnd sending;
    private final ReceiveQueue queue;
    private final FrameDecoder decoder;
    private final PeerGreeting greeting = new PeerGreeting();

    /** Called on the socket's event loop, before anything can arrive. @param stallLimit a peer that takes nothing for so long is gone */
    VertxChannel(NetSocket socket, String peer, Duration stallLimit) {
        this.socket = (NetSocketInternal) socket;
        this.peer = peer;
        this.life = new ChannelLife(peer);
        this.sending = new SendingEnd(socket, life, stallLimit);
        Payloads payloads = new Payloads();
        this.queue = new ReceiveQueue(this.socket, payloads);
        this.decoder = new FrameDecoder(payloads);
        socket.closeHandler(_ -> end(life.unreachable("closed the connection")));
        socket.exceptionHandler(e -> end(life.unreachable("lost the connection: " + e.getMessage())));
        this.socket.messageHandler(this::arrived);
        suit(this.socket.channelHandlerContext().channel());
    }

    /** To frames of a megabyte: TLS takes each as a whole, and what it makes of one is memory that is used again. */
    private static void suit(Channel channel) {
        channel.config()
                .setAllocator(PooledByteBufAllocator.DEFAULT)
                .setRecvByteBufAllocator(
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_MIN, READ_BYTES_MAX));
        Optional.ofNullable(channel.pipeline().get(SslHandler.class)).ifPresent(tls -> tls.setWrapDataSize(0));
    }

    /** As Netty hands it over: {@link NetSocket#handler} would get a copy. */
    private void arrived(Object read) {
        ByteBuf bytes = (ByteBuf) read;
        try {
            ByteBuffer piece = bytes.nioBuffer();
            greeting.feed(piece, () -> greet(Greeting.of(Role.CONTROL)));
            decoder.feed(piece, this::enqueue);
        } catch (Failure failure) {
            end(failure);
            socket.close();
        } catch (VirtualMachineError e) {
            end(life.unreachable("sends what this program has no room for: " + e));
            socket.close();
        } finally {
            bytes.release();
        }
    }

    private void enqueue(Frame frame) {
        life.lock().lock();
        try {
            queue.add(frame);
            life.changed().signalAll();
        } finally {
            life.lock().unlock();
        }
    }

    private void end(Failure why) {
        greeting.end(life.end(why));
    }

    /** Sends our greeting. */
    void greet(Greeting ours) {
        socket.write(Buffer.buffer(ours.encode()));
    }

    /** The peer's greeting. */
    Greeting awaitGreeting(Duration limit) {
        return greeting.await(life, peer, limit);
    }

    @Override
    public boolean hasRoom() {
        return sending.hasRoom();
    }

    @Override
    public void expectData() {
        life.lock().lock();
        try {
            queue.expectData();
        } finally {
            life.lock().unlock();
        }
    }

    @Override
    public void send(Frame frame) {
        sending.send(frame);
    }

    @Override
    public void append(Frame frame) {
        sending.append(frame);
    }

    @Override
    public void pause(long nanos) {
        life.lock().lock();
        try {
            long left = nanos;
            while (left > 0) {
                life.requireOpen();
                life.requireUninterrupted();
                left = life.changed().awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw ChannelLife.interrupted(e);
        } finally {
            life.lock().unlock();
        }
    }

    @Override
    public void interrupt(Failure why) {
        life.interrupt(why);
    }

    @Override
    public Optional<Frame> receiveUnless(CompletableFuture<?> event, Duration limit) {
        event.whenComplete((_, _) -> life.signal(life.changed()));
        life.lock().lock();
        try {
            long left = limit.toNanos();
            while (queue.isEmpty() && !event.isDone()) {
                life.requireOpen();
                life.requireUninterrupted();
                if (left <= 0) {
                    throw life.unreachable("did not answer within " + limit.toSeconds() + " s");
                }
                left = life.changed().awaitNanos(left);
            }
            return event.isDone() ? Optional.empty() : Optional.of(queue.take());
        } catch (InterruptedException e) {
            throw ChannelLife.interrupted(e);
        } finally {
            life.lock().unlock();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void close() {
        sending.flush();
        end(life.unreachable("is not connected any more"));
        socket.close();
    }
}
