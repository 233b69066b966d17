package io.jmigrate.cli.verb;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.criu.LeftMemory;
import io.jmigrate.pages.frozen.FrozenMemory;
import io.jmigrate.pages.frozen.HostMemory;
import io.jmigrate.pages.frozen.MemoryCopy;
import io.jmigrate.pages.frozen.PagesSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Memory on its way from a frozen tree into an archive, without a second copy on a disk. One that ends is archived as it stands
 * there. One that goes on is copied to memory first, or to the image directory where there is no room for that.
 */
final class ArchivedMemory implements DumpListener, AutoCloseable {
    private final boolean leaveRunning;
    private final Cancellation cancellation;
    private final Runnable still;
    private final Consumer<List<PagesSource>> archive;
    private Optional<MemoryCopy> copy = Optional.empty();

    /**
     * @param still done first while the tree stands still
     * @param archive writes the archive of a tree that is to end, with these pages files in place of those in the images
     */
    ArchivedMemory(
            boolean leaveRunning, Cancellation cancellation, Runnable still, Consumer<List<PagesSource>> archive) {
        this.leaveRunning = leaveRunning;
        this.cancellation = cancellation;
        this.still = still;
        this.archive = archive;
    }

    @Override
    public LeftMemory memory() {
        return LeftMemory.MUCH;
    }

    @Override
    public DumpVerdict frozen(FrozenTree tree) {
        cancellation.check();
        still.run();
        if (leaveRunning) {
            tree.memory().ifPresent(this::keep);
            return DumpVerdict.THAW;
        }
        archive.accept(tree.memory().map(FrozenMemory::files).orElse(List.of()));
        return DumpVerdict.KILL;
    }

    private void keep(FrozenMemory memory) {
        if (HostMemory.hasRoomFor(memory.bytes())) {
            copy = Optional.of(memory.copied(cancellation::check));
        } else {
            memory.complete(cancellation::check);
        }
    }

    /** Pages files of a tree that has gone on, in place of those in the images. */
    List<PagesSource> kept() {
        return copy.map(MemoryCopy::files).orElse(List.of());
    }

    @Override
    public void close() {
        copy.ifPresent(MemoryCopy::close);
    }
}
