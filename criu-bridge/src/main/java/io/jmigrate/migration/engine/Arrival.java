package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.arrival.ArrivingPages;
import java.time.Duration;
import java.util.function.Consumer;

/** Puts what a data connection carries where it belongs: files, memory, images, until everything is there. */
final class Arrival implements AutoCloseable {
    private final TreeReceiver tree;
    private final ImageReceiver images;
    private final ArrivingMemory memory;

    /** @param pages closed by the caller */
    Arrival(DestinationRecord entry, TreeReceiver tree, ArrivingPages pages, ArrivalBounds bounds) {
        this.tree = tree;
        this.images = new ImageReceiver(entry.images(), bounds.imageBytesMax());
        this.memory = new ArrivingMemory(pages, bounds.roundPagesMax());
    }

    /** @param acknowledge is called when a part has been kept whose sender waits for it */
    void receive(Data data, Duration patience, Consumer<Section> acknowledge) {
        while (true) {
            switch (data.receive(patience)) {
                case DataMessage.Pages m -> memory.pages(m.run(), m.data());
                case DataMessage.ZeroPages m -> memory.zeros(m.run());
                case DataMessage.PagesEnd m -> {
                    memory.end(m.pages(), m.last());
                    if (!m.last()) {
                        acknowledge.accept(Section.ROUND);
                    }
                }
                case DataMessage.Image m -> images.begin(m.name(), m.size());
                case DataMessage.ImageData m -> images.data(m.data());
                case DataMessage.Entry m -> tree.entry(m.entry());
                case DataMessage.EntryData m -> tree.data(m.offset(), m.data());
                case DataMessage.EntryRemoved m -> tree.removed(m.path());
                case DataMessage.SectionEnd m
                when m.section() == Section.FINAL -> {
                    requireAll();
                    return;
                }
                case DataMessage.SectionEnd m -> {
                    tree.finish();
                    acknowledge.accept(m.section());
                }
            }
        }
    }

    private void requireAll() {
        images.requireComplete();
        tree.finish();
        memory.requireComplete();
    }

    @Override
    public void close() {
        try (images) {
            tree.close();
        }
    }
}
