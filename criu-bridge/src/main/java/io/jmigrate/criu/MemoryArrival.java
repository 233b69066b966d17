package io.jmigrate.criu;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.Optional;

/** How the memory of one restored tree comes. */
sealed interface MemoryArrival extends AutoCloseable permits MemoryArrival.WithCriu, FillingMemory, DaemonMemory {
    /** Whether CRIU leaves memory out, for somebody else to bring while the tree runs. */
    boolean comesLater();

    /** CRIU's work directory, if it is another than that of the request. */
    default Optional<RestoreWork> work() {
        return Optional.empty();
    }

    /** Waits until what comes is known to be as it was written. Nothing of the tree has run. @throws Failure if it is not */
    default void confirm() {}

    /** The tree is held: from now on it dies if its memory can't come. */
    default void held(ProcessRef root) {}

    /** The tree is about to be let go. */
    default void release() {}

    /**
     * The tree runs: waits until all memory is there.
     *
     * @throws Failure MEMORY_LOST if it did not come; the container has been killed
     */
    default void await() {}

    /** Why the tree waits in vain for memory already, if it does. */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /** Adds to a restore that failed why its memory could not come, which is the cause then. */
    default Failure explain(Failure restoreFailure) {
        return restoreFailure;
    }

    @Override
    default void close() {}

    /** All of it is there before the tree runs. */
    record WithCriu(Optional<RestoreWork> work) implements MemoryArrival {
        @Override
        public boolean comesLater() {
            return false;
        }

        @Override
        public void close() {
            work.ifPresent(RestoreWork::close);
        }
    }
}
