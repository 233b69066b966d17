package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.arrival.ArrivedMemory;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.ArrivingSegments;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts what a data connection carries where it belongs: files, memory, images, until everything is there. */
final class Arrival implements AutoCloseable {
    private final ArrivingTrees trees;
    private final ImageReceiver images;
    private final ArrivingMemory memory;
    private final Chronicle chronicle;
    private final ComparedArrival compared;
    private Optional<KeptPages> untold;
    private long shared;

    /**
     * @param trees closed with this
     * @param pages closed by the caller
     * @param earlier what was kept of it when it was here before, likewise
     * @param mayFollow whether some may come when the tree runs
     */
    Arrival(
            DestinationCourse course,
            ArrivingTrees trees,
            ArrivingPages pages,
            Optional<KeptPages> earlier,
            ArrivalBounds bounds,
            boolean mayFollow) {
        this.trees = trees;
        this.untold = earlier;
        this.images = new ImageReceiver(course.entry().images(), bounds.imageBytesMax(), pages.account());
        ArrivingSegments shared =
                new ArrivingSegments(course.entry().images(), bounds.roundPagesMax(), pages.account());
        this.memory = new ArrivingMemory(pages, shared, earlier, bounds.roundPagesMax(), mayFollow);
        this.chronicle = course.chronicle();
        this.compared = new ComparedArrival(() -> {
            images.requireComplete();
            memory.requireComplete();
            return new ArrivedMemory(course.entry().images(), pages, shared);
        });
    }

    /**
     * @param acknowledge is called when a part has been kept whose sender waits for it
     * @return how many pages of memory were compared with the source's, and are the same
     */
    long receive(Data data, Duration patience, Consumer<Section> acknowledge) {
        while (true) {
            DataMessage next = data.receive(patience);
            count(next);
            switch (next) {
                case DataMessage.Pages m -> memory.pages(m.run(), m.data());
                case DataMessage.CompressedPages m -> memory.compressed(m.run(), m.data());
                case DataMessage.KnownPages m -> memory.known(m.run(), m.same());
                case DataMessage.KeptPages m -> memory.kept(m.run(), m.number());
                case DataMessage.KeptWanted _ -> tellKept(data);
                case DataMessage.KeptNames _ -> throw outOfPlace("it says what it has kept");
                case DataMessage.ZeroPages m -> memory.zeros(m.run());
                case DataMessage.ProcessEnded m -> memory.ended(m.process());
                case DataMessage.Outdated m -> memory.outdated(m.run());
                case DataMessage.PagesLater _ -> memory.later();
                case DataMessage.PagesEnd m -> {
                    memory.end(m.pages(), m.last());
                    chronicle.shared(shared, m.last());
                    shared = 0;
                    if (!m.last()) {
                        acknowledge.accept(Section.ROUND);
                    }
                }
                case DataMessage.PageWords m -> compared.take(m);
                case DataMessage.Image m -> images.begin(m.name(), m.size());
                case DataMessage.ImageData m -> images.data(m.data());
                case DataMessage.CompressedImageData m -> images.compressed(m.data(), m.length());
                case DataMessage.Tree m -> trees.choose(m.mountPoint());
                case DataMessage.Entry m -> trees.current().entry(m.entry());
                case DataMessage.EntryUpdate m -> trees.current().update(m.entry());
                case DataMessage.EntryZeros m -> trees.current().zeros(m.offset(), m.bytes());
                case DataMessage.EntryData m -> trees.current().data(m.offset(), m.data());
                case DataMessage.EntryRemoved m -> trees.current().removed(m.path());
                case DataMessage.Filler _ -> {} // a source that waits for other containers of a group is still there
                case DataMessage.Lacking _,
                        DataMessage.LackingEnd _,
                        DataMessage.Wanted _,
                        DataMessage.Kept _,
                        DataMessage.AllKept _ ->
                    throw Failure.of(
                            MigrationCode.PEER_PROTOCOL,
                            "the peer sent " + next.getClass().getSimpleName() + " among data");
                case DataMessage.SectionEnd m
                when m.section() == Section.FINAL -> {
                    requireAll();
                    return compared.pages();
                }
                case DataMessage.SectionEnd m -> {
                    trees.current().finish();
                    chronicle.files(trees.moved());
                    acknowledge.accept(m.section());
                }
            }
        }
    }

    private void tellKept(Data data) {
        KeptPages names = untold.orElseThrow(() -> outOfPlace("it asks for what was not kept, or twice"));
        untold = Optional.empty();
        KeptAnnouncement.tell(names, data);
    }

    private static Failure outOfPlace(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }

    private void memory(PageRun run, long bytes) {
        chronicle.received(Kind.MEMORY, bytes);
        shared += run.target() instanceof PageTarget.SharedMemory ? bytes : 0;
    }

    private void count(DataMessage message) {
        switch (message) {
            case DataMessage.Pages m -> memory(m.run(), m.run().bytes());
            case DataMessage.CompressedPages m -> memory(m.run(), m.data().remaining());
            case DataMessage.ZeroPages m -> chronicle.zeros(m.run().bytes());
            case DataMessage.ImageData m -> chronicle.received(Kind.IMAGES, m.data().length);
            case DataMessage.CompressedImageData m -> chronicle.received(Kind.IMAGES, m.data().length);
            default -> {}
        }
    }

    private void requireAll() {
        images.requireComplete();
        trees.finish();
        chronicle.files(trees.moved());
        memory.requireComplete();
        compared.requireSame();
        memory.completeShared();
    }

    @Override
    public void close() {
        try (images;
                compared;
                memory) {
            trees.close();
        }
    }
}
