package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.fill.Filling;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.util.Optional;
import java.util.stream.Stream;

/** Memory that {@link Filling} brings while the tree runs. */
record FillingMemory(ArrivalPlace place, RestoreWork made, PageStore store, Filling filling) implements MemoryArrival {
    @Override
    public boolean comesLater() {
        return true;
    }

    @Override
    public Optional<RestoreWork> work() {
        return Optional.of(made);
    }

    @Override
    public void confirm() {
        store.confirm();
    }

    @Override
    public void held(ProcessRef root) {
        ProcessRef guard = Processes.find(filling.program().pid())
                .orElseThrow(() -> unguarded("who guards its memory was killed"));
        place.begins(guard);
        try {
            filling.guard(place.first(root));
        } catch (Failure e) {
            throw unguarded(e.getMessage()).withCause(e);
        }
    }

    private Failure unguarded(String why) {
        return Failure.of(CriuCode.RESTORE_FAILED, "cannot restore " + place.inSentence() + ": " + why);
    }

    @Override
    public void release() {
        filling.release();
    }

    @Override
    public void await() {
        try {
            filling.await();
        } catch (Failure e) {
            throw Failure.of(
                            CriuCode.MEMORY_LOST,
                            "the memory of " + place.inSentence() + " stopped coming: " + e.getMessage()
                                    + "; it was killed before it could miss any")
                    .withCause(e);
        }
    }

    @Override
    public Optional<String> lost() {
        return filling.givenUpAlready().map(why -> "its memory does not come: " + why);
    }

    @Override
    public Failure explain(Failure restoreFailure) {
        return filling.givenUp()
                .map(why -> restoreFailure.withDetails(
                        Stream.concat(Stream.of("its memory: " + why.getMessage()), restoreFailure.details().stream())
                                .toList()))
                .orElse(restoreFailure);
    }

    @Override
    public void close() {
        try (store;
                made) {
            filling.close();
            place.ends();
        }
    }
}
