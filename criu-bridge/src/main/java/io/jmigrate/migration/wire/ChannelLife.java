package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether a connection goes on: what its threads and its event loop have in common, and wait for. */
final class ChannelLife {
    private final ReentrantLock lock = new ReentrantLock();
    /** Something has arrived or ended. */
    private final Condition changed = lock.newCondition();
    /** There is room to send, or it has ended. */
    private final Condition drained = lock.newCondition();

    private final String peer;
    private Failure ended;
    private Failure interruption;

    /** @param peer for people */
    ChannelLife(String peer) {
        this.peer = peer;
    }

    ReentrantLock lock() {
        return lock;
    }

    Condition changed() {
        return changed;
    }

    Condition drained() {
        return drained;
    }

    void signal(Condition condition) {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It ends. @return why it has, which may have been something else before */
    Failure end(Failure why) {
        lock.lock();
        try {
            if (ended == null) {
                ended = why;
            }
            changed.signalAll();
            drained.signalAll();
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Waiting ends with this from now on. */
    void interrupt(Failure why) {
        lock.lock();
        try {
            interruption = why;
            changed.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** To be called with the lock. */
    boolean hasEnded() {
        return ended != null;
    }

    /** To be called with the lock. */
    void requireOpen() {
        if (ended != null) {
            throw ended.again();
        }
    }

    /** To be called with the lock. */
    void requireUninterrupted() {
        if (interruption != null) {
            throw interruption.again();
        }
    }

    Failure unreachable(String what) {
        return Failure.of(MigrationCode.PEER_UNREACHABLE, "the peer " + peer + " " + what);
    }

    static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return Failure.of(MigrationCode.CANCELLED, "the migration was interrupted")
                .withCause(e);
    }
}
