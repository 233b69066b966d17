package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.MemoryLink.Killed;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one process does, counted: everything that the world can see of it, except its journal, lies between two steps. The process
 * can die at any of them, its disk can be full from one on, or what it asks its host for at one can fail. A process that is
 * dead takes no further step.
 */
final class Steps {
    /** What goes wrong at a step. */
    enum Fault {
        NONE,
        DEATH,
        /** The host fails, once. At a step that asks nothing of the host, nothing goes wrong. */
        FAILURE,
        /** There, the virtual machine fails, once. */
        ERROR,
        /** No journal can be written any more. */
        FULL_DISK,
        /** The user gives the migration up; means nothing at the destination. */
        CANCEL
    }

    private final Fault fault;
    private final int at;
    private final Runnable mishap;
    private final Runnable death;
    private final List<String> taken = new ArrayList<>();
    private Optional<String> last = Optional.empty();
    private boolean dead;

    private Steps(Fault fault, int at, Runnable mishap, Runnable death) {
        this.fault = fault;
        this.at = at;
        this.mishap = mishap;
        this.death = death;
    }

    /** @param at the number of the step, counted from 0 @param mishap fills the disk or cancels @param death is called once, by the dying */
    static Steps with(Fault fault, int at, Runnable mishap, Runnable death) {
        return new Steps(fault, at, mishap, death);
    }

    static Steps undisturbed() {
        return new Steps(Fault.NONE, 0, () -> {}, () -> {});
    }

    /** It dies at the first step of this name, wherever that comes: how many come before it may depend on the time. */
    synchronized void dieAt(String step) {
        last = Optional.of(step);
    }

    /** A step that sends, receives or tells. */
    void take(String what) {
        step(what, false);
    }

    /** A step that asks the host for something, which may fail. */
    void ask(String what) {
        step(what, true);
    }

    private void step(String what, boolean ofHost) {
        boolean dies;
        boolean meetsMishap;
        synchronized (this) {
            if (dead) {
                throw new Killed(what);
            }
            boolean here = taken.size() == at;
            taken.add(what);
            dies = here && fault == Fault.DEATH || last.filter(what::equals).isPresent();
            dead = dies;
            meetsMishap = here && (fault == Fault.FULL_DISK || fault == Fault.CANCEL);
            if (here && fault == Fault.FAILURE && ofHost) {
                throw Failure.of(RuntimeCode.IO, what + " failed");
            }
            if (here && fault == Fault.ERROR && ofHost) {
                throw new OutOfMemoryError(what);
            }
        }
        if (meetsMishap) {
            mishap.run();
        }
        if (dies) {
            death.run();
            throw new Killed(what);
        }
    }

    /** The process dies here, whatever else goes wrong. */
    void die(String where) {
        synchronized (this) {
            dead = true;
        }
        death.run();
        throw new Killed(where);
    }

    synchronized boolean dead() {
        return dead;
    }

    @Override
    public synchronized String toString() {
        if (last.isPresent()) {
            return Fault.DEATH + " at " + last.get() + (dead ? "" : ", which it did not come to");
        }
        return at < taken.size() ? fault + " at " + taken.get(at) : "no " + fault;
    }

    /** All so far, by name. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }
}
