package io.jmigrate.criu;

import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.TreeRestoration;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.fill.Beginning;
import io.jmigrate.pages.fill.FillProgram;
import io.jmigrate.pages.fill.Filling;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.pages.store.DumpedMappings;
import io.jmigrate.pages.store.PageIndexes;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides how the memory of one restored tree comes, and begins.
 *
 * @param pages where memory is that can come later; absent: in the image directory
 * @param log where CRIU's log goes
 * @param listener told of bytes that have come, and why none come later
 */
record MemoryStart(
        Launcher launcher,
        ArrivalPlace place,
        TreeRestoration request,
        Optional<PageStore> pages,
        Path log,
        RestoreListener listener) {
    MemoryArrival begin() {
        return pages.map(this::fromStore).orElseGet(this::fromImages);
    }

    private MemoryArrival fromStore(PageStore store) {
        try {
            DumpedMappings mappings = DumpedMappings.in(request.imageDirectory());
            Optional<String> why = store.later().isPresent()
                    ? laterInVain(store, mappings)
                    : eagerBecause(request.memory(), store.lazyBytes(), mappings);
            return why.isPresent() ? settled(why.get(), store) : filling(store, mappings);
        } catch (RuntimeException e) {
            try (store) {
                throw e;
            }
        }
    }

    /** Why a tree can't run before memory has come that comes only when it runs. @throws io.jmigrate.runtime.failure.Failure FEATURE_MISSING */
    private Optional<String> laterInVain(PageStore store, DumpedMappings mappings) {
        Optional<String> why = eagerBecause(MemoryMode.LAZY, store.lazyBytes(), mappings);
        why.ifPresent(reason -> MemoryChoice.refuseEager(MemoryMode.LAZY, place.inSentence(), reason));
        return why;
    }

    private MemoryArrival fromImages() {
        PageIndexes indexes = PageIndexes.of(request.imageDirectory());
        if (indexes.absentBytes() > 0) {
            return DaemonMemory.of(place, request);
        }
        DumpedMappings mappings = DumpedMappings.in(request.imageDirectory());
        Optional<String> why = eagerBecause(request.memory(), indexes.lazyBytes(), mappings);
        if (why.isPresent()) {
            tellEager(why.get());
            return withCriu();
        }
        PageStore store = DirectoryPages.open(indexes, () -> {});
        try {
            return filling(store, mappings);
        } catch (RuntimeException e) {
            try (store) {
                throw e;
            }
        }
    }

    private Optional<String> eagerBecause(MemoryMode mode, long lazyBytes, DumpedMappings mappings) {
        return new MemoryChoice(
                        mode,
                        lazyBytes,
                        request.terms().autoDedup(),
                        place.ownUsers(),
                        place.ownPids(),
                        mappings.shadowStack(),
                        place.limitBytes())
                .eagerBecause();
    }

    private void tellEager(String why) {
        MemoryChoice.refuseEager(request.memory(), place.inSentence(), why);
        listener.eager(why);
    }

    private MemoryArrival withCriu() {
        return new MemoryArrival.WithCriu(
                place.hasMounts() ? Optional.of(RestoreWork.make(place.workDirectory(), log)) : Optional.empty());
    }

    private MemoryArrival settled(String why, PageStore store) {
        tellEager(why);
        store.settle();
        store.close();
        return withCriu();
    }

    private MemoryArrival filling(PageStore store, DumpedMappings mappings) {
        RestoreWork work = RestoreWork.make(place.workDirectory(), log);
        try {
            long total = store.lazyBytes();
            FillProgram program =
                    new FillProgram(launcher, place.program(), work.path(), place.processFiles(), mappings.wiped());
            Beginning beginning = Filling.begin(program, store, bytes -> listener.arrived(bytes, total));
            return switch (beginning) {
                case Beginning.Ready(Filling filling) -> guarded(work, store, filling);
                case Beginning.Unsupported(String why) -> {
                    work.close();
                    String noDescriptor = "this kernel gives no userfaultfd (" + why + ")";
                    if (store.later().isPresent()) {
                        MemoryChoice.refuseEager(MemoryMode.LAZY, place.inSentence(), noDescriptor);
                    }
                    yield settled(noDescriptor, store);
                }
            };
        } catch (RuntimeException e) {
            try (work) {
                throw e;
            }
        }
    }

    /** The guard is in the container's cgroups, and the filler is not: no cgroup that is killed takes both and leaves the container. */
    private MemoryArrival guarded(RestoreWork work, PageStore store, Filling filling) {
        try {
            CgroupJoin.join(place.processFiles(), filling.program().pid());
            return new FillingMemory(place, work, store, filling);
        } catch (RuntimeException e) {
            try (filling) {
                throw e;
            }
        }
    }
}
