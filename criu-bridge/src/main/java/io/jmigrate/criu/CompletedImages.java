package io.jmigrate.criu;

import io.jmigrate.pages.frozen.FrozenMemory;
import io.jmigrate.pages.frozen.HostMemory;
import io.jmigrate.pages.frozen.MemoryCopy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings memory that a dump has left in the tree into the image directory. A tree that is to end stands still until it is there. One that
 * is to go on stands still only while its memory is copied to memory; what takes a disk comes after the thaw.
 */
final class CompletedImages implements DumpListener, AutoCloseable {
    private final DumpListener listener;
    private final boolean leaveRunning;
    private Optional<MemoryCopy> copy = Optional.empty();

    /** @param listener is asked when memory has been taken */
    CompletedImages(DumpListener listener, boolean leaveRunning) {
        this.listener = listener;
        this.leaveRunning = leaveRunning;
    }

    @Override
    public LeftMemory memory() {
        return LeftMemory.MUCH;
    }

    @Override
    public void freezing() {
        listener.freezing();
    }

    @Override
    public void stopped() {
        listener.stopped();
    }

    @Override
    public DumpVerdict frozen(FrozenTree tree) {
        tree.memory().ifPresent(memory -> take(memory, tree.imageDirectory()));
        return listener.frozen(tree);
    }

    private void take(FrozenMemory memory, Path directory) {
        if (leaveRunning && !HostMemory.holds(directory) && HostMemory.hasRoomFor(memory.bytes())) {
            copy = Optional.of(memory.copied(listener::working));
        } else {
            memory.complete(listener::working);
        }
    }

    @Override
    public void released() {
        copy.ifPresent(pages -> pages.complete(listener::working));
        listener.released();
    }

    @Override
    public void close() {
        copy.ifPresent(MemoryCopy::close);
    }
}
