package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.ProcessRef;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a container is in its life. A transition is a method that exists only in the states where it is legal and returns the
 * next state: {@code Creating → Created → Running → Stopped}, and from images {@code Creating → Running}. From {@code Created} and
 * {@code Running} it can be {@code Paused}, and goes back to where it was.
 *
 * <p>The words are those of the OCI runtime specification, section "State", with runC's {@code paused}.
 */
public sealed interface ContainerState {
    /** The word that users and other tools see. */
    String word();

    /** The container's init, as long as it may be alive. */
    Optional<ProcessRef> init();

    /** A state of a container whose init exists. */
    sealed interface Live extends ContainerState {
        /** The container's init. */
        ProcessRef process();

        @Override
        default Optional<ProcessRef> init() {
            return Optional.of(process());
        }

        /** The init has ended; its exit code is known only to the process that waited for it. */
        default Stopped stopped(OptionalInt exitCode) {
            return new Stopped(exitCode);
        }
    }

    /** Being made, or left half-made by a command that was killed. */
    record Creating() implements ContainerState {
        @Override
        public String word() {
            return "creating";
        }

        @Override
        public Optional<ProcessRef> init() {
            return Optional.empty();
        }

        /** The init waits in its namespaces for the start. */
        public Created created(ProcessRef process) {
            return new Created(process);
        }

        /** The tree was restored from images and runs. */
        public Running restored(ProcessRef process) {
            return new Running(process);
        }
    }

    /** The init waits for the start. */
    record Created(ProcessRef process) implements Live {
        @Override
        public String word() {
            return "created";
        }

        public Running started() {
            return new Running(process);
        }

        public Paused paused() {
            return new Paused(process, false);
        }
    }

    /** The user's program runs. */
    record Running(ProcessRef process) implements Live {
        @Override
        public String word() {
            return "running";
        }

        public Paused paused() {
            return new Paused(process, true);
        }
    }

    /**
     * Frozen by its cgroup.
     *
     * @param started whether the user's program runs as soon as it is thawed; otherwise the init waits for the start then
     */
    record Paused(ProcessRef process, boolean started) implements Live {
        @Override
        public String word() {
            return "paused";
        }

        public Live resumed() {
            return started ? new Running(process) : new Created(process);
        }
    }

    /**
     * The init has ended.
     *
     * @param exitCode as a shell has it (128 + signal), if the process that waited for the init is the one that recorded the end
     */
    record Stopped(OptionalInt exitCode) implements ContainerState {
        @Override
        public String word() {
            return "stopped";
        }

        @Override
        public Optional<ProcessRef> init() {
            return Optional.empty();
        }
    }
}
