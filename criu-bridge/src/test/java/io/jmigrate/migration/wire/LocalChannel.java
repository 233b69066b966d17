package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two ends of a connection in memory, which can be cut after a number of frames. */
public final class LocalChannel implements FrameChannel {
    private final BlockingQueue<Optional<Frame>> in;
    private final BlockingQueue<Optional<Frame>> out;
    private int framesLeft;

    private LocalChannel(BlockingQueue<Optional<Frame>> in, BlockingQueue<Optional<Frame>> out, int framesLeft) {
        this.in = in;
        this.out = out;
        this.framesLeft = framesLeft;
    }

    /** Both ends. @param firstSends frames that the first end sends before the connection is cut */
    public static LocalChannel[] pair(int firstSends) {
        BlockingQueue<Optional<Frame>> one = new LinkedBlockingQueue<>();
        BlockingQueue<Optional<Frame>> two = new LinkedBlockingQueue<>();
        return new LocalChannel[] {new LocalChannel(one, two, firstSends), new LocalChannel(two, one, Integer.MAX_VALUE)
        };
    }

    public Control control() {
        return new Control(this);
    }

    public Data data() {
        return new Data(this);
    }

    @Override
    public void send(Frame frame) {
        if (framesLeft-- <= 0) {
            close();
            throw gone();
        }
        out.add(Optional.of(frame));
    }

    @Override
    public Frame receive(Duration limit) {
        try {
            Optional<Frame> next = in.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null || next.isEmpty()) {
                in.add(Optional.empty());
                throw gone();
            }
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone();
        }
    }

    private static Failure gone() {
        return Failure.of(MigrationCode.PEER_UNREACHABLE, "the peer is gone");
    }

    @Override
    public String peer() {
        return "memory";
    }

    @Override
    public void close() {
        out.add(Optional.empty());
        in.add(Optional.empty());
    }
}
