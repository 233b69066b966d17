package io.jmigrate.migration.engine;

import io.jmigrate.criu.FrozenTree;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.ahead.CopyAhead;
import io.jmigrate.pages.ahead.SharedAhead;
import io.jmigrate.pages.frozen.RseqPages;
import io.jmigrate.pages.frozen.TreeMemory;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.pages.live.SharedObjects;
import io.jmigrate.pages.track.DirtyTracker;
import io.jmigrate.pages.track.HashTracker;
import io.jmigrate.pages.track.TrackerChoice;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.pages.track.TrackingFacts;
import io.jmigrate.pages.track.UffdTracker;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The memory of a container on this host. */
final class LocalMemory implements MemoryAhead {
    private final Supplier<List<Integer>> processes;
    private final TrackerKind kind;
    private final CopyAhead copy;
    private final SharedAhead shared;
    private Optional<Meanwhile<Long>> standing = Optional.empty();

    /** @param processes of the container, as they are when it is asked @param kind of the tracker @param tracker closed with this */
    private LocalMemory(Supplier<List<Integer>> processes, TrackerKind kind, DirtyTracker tracker, PageTaker taker) {
        this.processes = processes;
        this.kind = kind;
        this.copy = new CopyAhead(tracker, taker);
        this.shared = new SharedAhead(taker);
    }

    /** @param wanted tracker; empty: the best that this host has */
    static LocalMemory of(
            MigrationHost host, Supplier<List<Integer>> processes, Optional<TrackerKind> wanted, PageTaker taker) {
        TrackerKind kind = TrackerChoice.of(wanted, TrackingFacts.ofThisHost()).kind();
        return new LocalMemory(processes, kind, tracker(host, kind), taker);
    }

    private static DirtyTracker tracker(MigrationHost host, TrackerKind kind) {
        return switch (kind) {
            case UFFD ->
                UffdTracker.start(
                        host.launcher(),
                        host.containers().nativeProgram("jmigrate-track"),
                        MemoryScope.ANONYMOUS,
                        host.containers()::warn);
            case HASH -> new HashTracker(MemoryScope.ANONYMOUS);
        };
    }

    @Override
    public TrackerKind tracker() {
        return kind;
    }

    @Override
    public long round() {
        return copy.round(now()) + shared.round(SharedObjects.of(processes.get()));
    }

    private List<ProcessRef> now() {
        return processes.get().stream()
                .map(Processes::find)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public OptionalLong pending() {
        OptionalLong own = copy.pending(now());
        return own.isEmpty() ? own : OptionalLong.of(own.getAsLong() + shared.pending());
    }

    @Override
    public long lockedBytes() {
        return Measure.locked(processes.get());
    }

    @Override
    public void standing(boolean follows) {
        standing = Optional.of(Meanwhile.start(
                "last-memory",
                () -> (follows ? 0 : copy.standing(now())) + shared.standing(SharedObjects.of(processes.get()))));
    }

    @Override
    public long last(FrozenTree frozen) {
        long bytes = lastShared(frozen);
        try (TreeMemory tree = left(frozen)) {
            return bytes + copy.last(tree);
        }
    }

    private long lastShared(FrozenTree frozen) {
        return standing.map(Meanwhile::get).orElse(0L) + shared.last(frozen.imageDirectory());
    }

    @Override
    public void outdated(FrozenTree frozen, Consumer<PageRun> names) {
        lastShared(frozen);
        try (TreeMemory tree = left(frozen)) {
            copy.outdated(tree, names);
            copy.some(tree, RseqPages.of(frozen.imageDirectory()));
        }
    }

    @Override
    public void all(FrozenTree frozen, PageTaker to) {
        try (TreeMemory tree = left(frozen)) {
            copy.all(tree, to);
        }
        shared.all(frozen.imageDirectory(), to);
    }

    private static TreeMemory left(FrozenTree frozen) {
        return TreeMemory.of(frozen.imageDirectory(), frozen.root().pid());
    }

    @Override
    public void close() {
        try {
            standing.ifPresent(Meanwhile::await); // it uses what is closed after this
        } finally {
            copy.close();
        }
    }
}
