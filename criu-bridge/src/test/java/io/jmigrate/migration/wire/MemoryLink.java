package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A network in memory between a caller and a node that listens, which can break after any number of frames and be repaired. */
public final class MemoryLink implements LocalChannel.Way {
    private final List<LocalChannel> ends = new ArrayList<>();
    private final List<LocalChannel> callers = new ArrayList<>();
    private final List<Thread> sessions = new ArrayList<>();
    private Listener listener;
    private Consumer<String> listenerSteps = _ -> {};
    private Consumer<String> callerSteps = _ -> {};
    private int framesLeft = Integer.MAX_VALUE;
    private int carried;
    private boolean silent;

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

    public synchronized void repair() {
        framesLeft = Integer.MAX_VALUE;
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
        return pair[0].connection(role);
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
    public synchronized boolean carries() {
        if (framesLeft > 0) {
            framesLeft--;
            carried++;
            return true;
        }
        if (!silent) {
            hangUp();
            throw Failure.of(MigrationCode.PEER_UNREACHABLE, "the link is cut");
        }
        return false;
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
