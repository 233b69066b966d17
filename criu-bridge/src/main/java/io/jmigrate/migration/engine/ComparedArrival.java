package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.arrival.ArrivedMemory;
import io.jmigrate.pages.compare.PageComparison;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares the memory that has arrived with what the source says of its own, if it says anything. */
final class ComparedArrival implements AutoCloseable {
    private final Supplier<ArrivedMemory> memory;
    private Optional<ArrivedMemory> opened = Optional.empty();
    private Optional<PageComparison> comparison = Optional.empty();

    /** @param memory all that has arrived, as it will be restored; asked for once, when there is something to compare */
    ComparedArrival(Supplier<ArrivedMemory> memory) {
        this.memory = memory;
    }

    /** @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL or PAGES_PROTOCOL if it can't be compared */
    void take(DataMessage.PageWords words) {
        if (comparison.isEmpty()) {
            opened = Optional.of(memory.get());
            comparison = opened.map(PageComparison::new);
        }
        comparison.get().take(words.run(), words.seed(), ByteBuffer.wrap(words.words()));
    }

    /** @throws io.jmigrate.runtime.failure.Failure PAGES_DIFFER, or PAGES_PROTOCOL if a part was left out */
    void requireSame() {
        comparison.ifPresent(PageComparison::requireSame);
    }

    /** How many pages were compared. */
    long pages() {
        return comparison.map(PageComparison::pages).orElse(0L);
    }

    @Override
    public void close() {
        opened.ifPresent(ArrivedMemory::close);
    }
}
