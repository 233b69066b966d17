package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A network in memory between a caller and a node that listens, which can break after any number of frames and be repaired. */
public final class MemoryLink implements LocalChannel.Way {
    /** Of the end that is connected to. */
    public static final Fingerprint CERTIFICATE = new Fingerprint("d".repeat(64));

    private static final Duration LONGEST_DELAY = Duration.ofMillis(2);

    private final List<LocalChannel> ends = new ArrayList<>();
    private final List<LocalChannel> callers = new ArrayList<>();
    private final List<Thread> sessions = new ArrayList<>();
    private Listener listener;
    private Consumer<String> listenerSteps = _ -> {};
    private Consumer<String> callerSteps = _ -> {};
    private int framesLeft = Integer.MAX_VALUE;
    private int carried;
    private boolean silent;
    private int damagedAfter = Integer.MAX_VALUE;
    private Optional<Random> delays = Optional.empty();
    private final Map<LocalChannel, CompletableFuture<Void>> underWay = new HashMap<>();
    private final List<byte[]> recorded = new ArrayList<>();

    /** @param steps hears before and after whatever the caller does with a connection from now on */
    public synchronized void callAs(Consumer<String> steps) {
        callerSteps = steps;
    }

    /** Serves one connection, on a thread of its own. It is closed afterwards. */
    @FunctionalInterface
    public interface Listener {
        void serve(LocalChannel end, Role role);
    }

    /** A node listens from now on. @param steps hears before and after whatever it does with a connection */
    public synchronized void listen(Listener node, Consumer<String> steps) {
        listener = node;
        listenerSteps = steps;
    }

    /** Nobody listens any more. */
    public synchronized void deafen() {
        listener = null;
    }

    /** Breaks after so many frames of either end: closed, or silent: whatever is sent then vanishes and nobody is told. */
    public synchronized void breakAfter(int frames, boolean silently) {
        framesLeft = frames;
        silent = silently;
    }

    /** The frame after so many is damaged on its way. */
    public synchronized void damageAfter(int frames) {
        damagedAfter = frames;
    }

    /**
     * Whatever is sent takes a while of its own: what one connection carries overtakes what another one does, as over ways of different
     * length. Each keeps its order.
     */
    public synchronized void delay(long seed) {
        delays = Optional.of(new Random(seed));
    }

    /** All frames that it carried, encoded. */
    public synchronized List<byte[]> recorded() {
        return List.copyOf(recorded);
    }

    public synchronized void repair() {
        framesLeft = Integer.MAX_VALUE;
        damagedAfter = Integer.MAX_VALUE;
    }

    @Override
    public synchronized void bring(LocalChannel from, Runnable arrival) {
        if (delays.isEmpty()) {
            arrival.run();
            return;
        }
        long nanos = delays.get().nextLong(LONGEST_DELAY.toNanos());
        CompletableFuture<Void> before = underWay.getOrDefault(from, CompletableFuture.completedFuture(null));
        Runnable late = () -> {
            LockSupport.parkNanos(nanos);
            arrival.run();
        };
        underWay.put(from, before.thenRunAsync(late, Thread::startVirtualThread));
    }

    /** Is lost at once. @param silently as if the cable were cut: nobody is told */
    public void lose(boolean silently) {
        if (silently) {
            breakAfter(0, true);
        } else {
            hangUp();
        }
    }

    /** Closes every connection. */
    public synchronized void hangUp() {
        ends.forEach(LocalChannel::close);
    }

    /** Whoever waits at the caller's end of a connection gets this failure instead. */
    public synchronized void interruptCaller(Failure why) {
        callers.forEach(end -> end.interrupt(why));
    }

    /** As a caller does. */
    public synchronized Connection connect(Role role) {
        callerSteps.accept("connect for " + role);
        if (listener == null || framesLeft <= 0) {
            throw Failure.of(MigrationCode.PEER_UNREACHABLE, "cannot connect");
        }
        LocalChannel[] pair = LocalChannel.pair(this, callerSteps, listenerSteps);
        ends.addAll(List.of(pair));
        callers.add(pair[0]);
        Listener node = listener;
        sessions.add(Thread.ofVirtual().start(() -> serve(node, pair[1], role)));
        return pair[0].connection(role, CERTIFICATE);
    }

    private static void serve(Listener node, LocalChannel end, Role role) {
        try (end) {
            node.serve(end, role);
        } catch (Killed _) {
            // its whole process was
        }
    }

    /** Frames carried so far. */
    public synchronized int carried() {
        return carried;
    }

    @Override
    public synchronized LocalChannel.Fate carries(Frame frame) {
        if (framesLeft > 0) {
            framesLeft--;
            recorded.add(frame.encode().array());
            return carried++ == damagedAfter ? LocalChannel.Fate.IS_DAMAGED : LocalChannel.Fate.ARRIVES;
        }
        if (!silent) {
            hangUp();
            throw Failure.of(MigrationCode.PEER_UNREACHABLE, "the link is cut");
        }
        return LocalChannel.Fate.VANISHES;
    }

    @Override
    public synchronized boolean carriesTheEnd() {
        return framesLeft > 0 || !silent;
    }

    /** Waits until every session of the listener has ended. */
    public void awaitSessions() throws InterruptedException {
        for (Optional<Thread> next = nextSession(); next.isPresent(); next = nextSession()) {
            next.get().join();
        }
    }

    private synchronized Optional<Thread> nextSession() {
        sessions.removeIf(session -> !session.isAlive());
        return sessions.stream().findFirst();
    }

    /** The end of a simulated process: no code of the engine may catch it and go on. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        public Killed(String where) {
            super("killed at " + where, null, false, false);
        }
    }
}
