package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One end of a connection in memory. */
public final class LocalChannel implements FrameChannel {
    /** Wakes who waits for an event or a frame. */
    private static final Frame EVENT = Frame.of(FrameType.CONTROL, Frame.NO_META);
    /** Stands for one with a wrong checksum. */
    private static final Frame DAMAGED = Frame.of(FrameType.CONTROL, Frame.NO_META);

    private final BlockingQueue<Optional<Frame>> in;
    private final BlockingQueue<Optional<Frame>> out;
    private final Way way;
    private final Consumer<String> step;
    private volatile boolean closed;
    private volatile boolean full;
    private volatile Optional<Failure> interruption = Optional.empty();

    /** What becomes of the frames that are sent. */
    public interface Way {
        /** Called before each frame; what it throws is thrown to the sender. */
        Fate carries(Frame frame);

        /** Something arrives at the other end, which has it when this has run it. @param from the end that has sent it */
        default void bring(LocalChannel from, Runnable arrival) {
            arrival.run();
        }

        /** Whether the other end hears that this one has closed. */
        default boolean carriesTheEnd() {
            return true;
        }
    }

    /** What becomes of a frame. */
    enum Fate {
        ARRIVES,
        VANISHES,
        /** The receiver finds a wrong checksum, and ends the connection. */
        IS_DAMAGED
    }

    private LocalChannel(
            BlockingQueue<Optional<Frame>> in, BlockingQueue<Optional<Frame>> out, Way way, Consumer<String> step) {
        this.in = in;
        this.out = out;
        this.way = way;
        this.step = step;
    }

    /** Both ends of a connection that carries everything. */
    public static LocalChannel[] pair() {
        return pair(_ -> Fate.ARRIVES, _ -> {}, _ -> {});
    }

    /** Both ends. @param first hears before and after whatever the first end does @param second the same of the second */
    static LocalChannel[] pair(Way way, Consumer<String> first, Consumer<String> second) {
        BlockingQueue<Optional<Frame>> one = new LinkedBlockingQueue<>();
        BlockingQueue<Optional<Frame>> two = new LinkedBlockingQueue<>();
        return new LocalChannel[] {new LocalChannel(one, two, way, first), new LocalChannel(two, one, way, second)};
    }

    public Control control() {
        return new Control(this, Optional.empty());
    }

    public Data data() {
        return new Data(this, RateLimit.none());
    }

    /** As the wire hands it on when both ends have greeted. */
    public Connection connection(Role role) {
        return new Connection(this, role, Optional.<Fingerprint>empty());
    }

    /** The same over TLS. @param certificate that the other end has shown */
    public Connection connection(Role role, Fingerprint certificate) {
        return new Connection(this, role, Optional.of(certificate));
    }

    /** Sends bytes that are no message. */
    public void sendGarbage() {
        out.add(Optional.of(Frame.of(FrameType.CONTROL, Frame.NO_META, new byte[] {'{', 0, (byte) 0xff})));
    }

    @Override
    public boolean hasRoom() {
        return !full;
    }

    /** It takes nothing at once from now on, or it does again. */
    void fill(boolean on) {
        full = on;
    }

    @Override
    public void append(Frame frame) {
        send(frame);
    }

    @Override
    public void expectData() {
        // nothing is held back here
    }

    @Override
    public void send(Frame frame) {
        String what = name(frame);
        step.accept("send " + what);
        if (closed) {
            throw gone();
        }
        Frame copy = Frame.of(frame.type(), frame.meta(), frame.content());
        switch (way.carries(frame)) {
            case ARRIVES -> way.bring(this, () -> out.add(Optional.of(copy)));
            case IS_DAMAGED -> way.bring(this, () -> out.add(Optional.of(DAMAGED)));
            case VANISHES -> {}
        }
        step.accept("sent " + what);
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public Optional<Frame> receiveUnless(CompletableFuture<?> event, Duration limit) {
        step.accept("receive");
        event.whenComplete((_, _) -> in.add(Optional.of(EVENT)));
        Optional<Frame> next = next(limit);
        while (next.isPresent() && next.get() == EVENT && !event.isDone()) {
            next = next(limit); // it was waited for earlier
        }
        step.accept(next.map(frame -> "received " + name(frame)).orElse("received nothing"));
        if (next.isEmpty()) {
            throw interruption.orElseGet(LocalChannel::gone);
        }
        if (next.get() == DAMAGED) {
            close();
            throw Protocol.broken("a frame with a wrong checksum");
        }
        return next.filter(frame -> frame != EVENT);
    }

    private static String name(Frame frame) {
        if (frame == EVENT || frame == DAMAGED) {
            return frame == EVENT ? "an event" : "a damaged frame";
        }
        try {
            return frame.type() == FrameType.CONTROL
                    ? ControlText.decode(frame).getClass().getSimpleName()
                    : frame.type().toString();
        } catch (Failure _) {
            return "garbage";
        }
    }

    private Optional<Frame> next(Duration limit) {
        try {
            Optional<Frame> next = in.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return Optional.empty();
            }
            if (next.isEmpty()) {
                in.add(next); // it stays closed
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Failure gone() {
        return Failure.of(MigrationCode.PEER_UNREACHABLE, "the peer is gone");
    }

    /** What has arrived can still be received. */
    @Override
    public void interrupt(Failure why) {
        interruption = Optional.of(why);
        in.add(Optional.empty());
    }

    @Override
    public String peer() {
        return "memory";
    }

    @Override
    public void close() {
        closed = true;
        in.add(Optional.empty());
        if (way.carriesTheEnd()) {
            way.bring(this, () -> out.add(Optional.empty()));
        }
    }
}
