package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.TreeRestoration;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.fill.Beginning;
import io.jmigrate.pages.fill.Filling;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How the memory of one restored tree comes: with CRIU before it runs, or by {@link Filling} while it does. */
sealed interface MemoryArrival extends AutoCloseable {
    /** CRIU's work directory, if it is another than that of the request. */
    Optional<LazyWork> work();

    /** The tree is held: from now on it dies if its memory can't come. */
    void held(ProcessRef root);

    /**
     * The tree runs: waits until all memory is there.
     *
     * @throws Failure MEMORY_LOST if it did not come; the container has been killed
     */
    void await();

    /** Adds to a restore that failed why its memory could not come, which is the cause then. */
    Failure explain(Failure restoreFailure);

    @Override
    void close();

    /** CRIU brings all of it. */
    record Eager() implements MemoryArrival {
        @Override
        public Optional<LazyWork> work() {
            return Optional.empty();
        }

        @Override
        public void held(ProcessRef root) {
            // CRIU has read it all
        }

        @Override
        public void await() {
            // it is there
        }

        @Override
        public Failure explain(Failure restoreFailure) {
            return restoreFailure;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** It comes while the tree runs. */
    record Lazy(ArrivalPlace place, LazyWork made, PageStore store, Filling filling) implements MemoryArrival {
        @Override
        public Optional<LazyWork> work() {
            return Optional.of(made);
        }

        @Override
        public void held(ProcessRef root) {
            ProcessRef guard = Processes.find(filling.program().pid())
                    .orElseThrow(() -> Failure.of(
                            CriuCode.RESTORE_FAILED, "who guards the memory of " + place.inSentence() + " is gone"));
            place.begins(guard);
            filling.guard(place.first(root));
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
        public Failure explain(Failure restoreFailure) {
            return filling.givenUp()
                    .map(why -> restoreFailure.withDetails(Stream.concat(
                                    Stream.of("its memory: " + why.getMessage()), restoreFailure.details().stream())
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

    /**
     * Decides, and begins.
     *
     * @param log where CRIU's log goes
     * @param listener told of bytes that have come, and why none come later
     */
    static MemoryArrival begin(
            Launcher launcher, ArrivalPlace place, TreeRestoration request, Path log, RestoreListener listener) {
        MemoryMode mode = request.memory();
        if (mode == MemoryMode.EAGER && request.pages().isEmpty()) {
            return new Eager();
        }
        PageStore store = request.pages().orElseGet(() -> DirectoryPages.open(request.imageDirectory()));
        try {
            Optional<String> why = new MemoryChoice(
                            mode, store.lazyBytes(), request.terms().autoDedup(), place.ownUsers(), place.ownPids())
                    .eagerBecause();
            return why.isPresent()
                    ? eager(place, mode, why.get(), store, listener)
                    : lazy(launcher, place, mode, log, store, listener);
        } catch (RuntimeException e) {
            try (store) {
                throw e;
            }
        }
    }

    private static MemoryArrival eager(
            ArrivalPlace place, MemoryMode mode, String why, PageStore store, RestoreListener listener) {
        MemoryChoice.refuseEager(mode, place.inSentence(), why);
        listener.eager(why);
        store.settle();
        store.close();
        return new Eager();
    }

    private static MemoryArrival lazy(
            Launcher launcher,
            ArrivalPlace place,
            MemoryMode mode,
            Path log,
            PageStore store,
            RestoreListener listener) {
        LazyWork work = LazyWork.make(place.workDirectory(), log);
        try {
            long total = store.lazyBytes();
            Beginning beginning = Filling.begin(
                    launcher, place.program(), work.path(), store, bytes -> listener.arrived(bytes, total));
            return switch (beginning) {
                case Beginning.Ready(Filling filling) -> guarded(place, work, store, filling);
                case Beginning.Unsupported(String why) -> {
                    work.close();
                    yield eager(place, mode, "this kernel gives no userfaultfd (" + why + ")", store, listener);
                }
            };
        } catch (RuntimeException e) {
            try (work) {
                throw e;
            }
        }
    }

    /** The guard is in the container's cgroups, and the filler is not: no cgroup that is killed takes both and leaves the container. */
    private static MemoryArrival guarded(ArrivalPlace place, LazyWork work, PageStore store, Filling filling) {
        try {
            CgroupJoin.join(place.processFiles(), filling.program().pid());
            return new Lazy(place, work, store, filling);
        } catch (RuntimeException e) {
            try (filling) {
                throw e;
            }
        }
    }
}
