package io.jmigrate.migration.wire;

import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.compare.PageWord;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Data messages as frames. */
final class DataFrames {
    private static final int PROCESS = 1;
    private static final int SHARED = 2;
    private static final int XATTRS_MAX = 256;

    private DataFrames() {}

    static Frame encode(DataMessage message) {
        return switch (message) {
            case DataMessage.Pages m -> new Frame(FrameType.PAGES, run(m.run()).done(), m.data());
            case DataMessage.CompressedPages m ->
                new Frame(FrameType.COMPRESSED_PAGES, run(m.run()).done(), m.data());
            case DataMessage.KnownPages m ->
                meta(
                        FrameType.KNOWN_PAGES,
                        target(run(m.run()), m.same().target()).i64(m.same().address()));
            case DataMessage.KeptWanted _ -> Frame.of(FrameType.KEPT_WANTED, Frame.NO_META);
            case DataMessage.KeptNames m -> Frame.of(FrameType.KEPT_NAMES, Frame.NO_META, m.names());
            case DataMessage.KeptPages m ->
                meta(FrameType.KEPT_PAGES, run(m.run()).i64(m.number()));
            case DataMessage.ZeroPages m -> meta(FrameType.ZERO_PAGES, run(m.run()));
            case DataMessage.ProcessEnded m -> meta(FrameType.PROCESS_ENDED, target(new MetaWriter(), m.process()));
            case DataMessage.PageWords m ->
                Frame.of(FrameType.PAGE_WORDS, run(m.run()).i64(m.seed()).done(), m.words());
            case DataMessage.PagesEnd m ->
                meta(FrameType.PAGES_END, new MetaWriter().i64(m.pages()).u8(m.last() ? 1 : 0));
            case DataMessage.Image m ->
                meta(FrameType.IMAGE, new MetaWriter().text(m.name()).i64(m.size()));
            case DataMessage.ImageData m -> Frame.of(FrameType.IMAGE_DATA, Frame.NO_META, m.data());
            case DataMessage.CompressedImageData m ->
                Frame.of(
                        FrameType.COMPRESSED_IMAGE_DATA,
                        new MetaWriter().i32(m.length()).done(),
                        m.data());
            case DataMessage.Entry m -> meta(FrameType.ENTRY, entry(m.entry()));
            case DataMessage.EntryUpdate m -> meta(FrameType.ENTRY_UPDATE, entry(m.entry()));
            case DataMessage.EntryZeros m ->
                meta(FrameType.ENTRY_ZEROS, new MetaWriter().i64(m.offset()).i64(m.bytes()));
            case DataMessage.EntryData m ->
                Frame.of(FrameType.ENTRY_DATA, new MetaWriter().i64(m.offset()).done(), m.data());
            case DataMessage.Tree m -> meta(FrameType.TREE, new MetaWriter().text(m.mountPoint()));
            case DataMessage.EntryRemoved m -> meta(FrameType.ENTRY_REMOVED, new MetaWriter().text(m.path()));
            case DataMessage.Filler m -> Frame.of(FrameType.FILLER, Frame.NO_META, m.data());
            case DataMessage.SectionEnd m ->
                meta(
                        FrameType.SECTION_END,
                        new MetaWriter().u8(m.section().ordinal()).i64(m.messages()));
            case DataMessage.Outdated m -> meta(FrameType.OUTDATED, run(m.run()));
            case DataMessage.PagesLater _ -> meta(FrameType.PAGES_LATER, new MetaWriter());
            case DataMessage.Lacking m -> meta(FrameType.LACKING, run(m.run()));
            case DataMessage.LackingEnd m -> meta(FrameType.LACKING_END, new MetaWriter().i64(m.pages()));
            case DataMessage.Wanted m -> meta(FrameType.WANTED, run(m.run()));
            case DataMessage.Kept m -> meta(FrameType.KEPT, new MetaWriter().i64(m.pages()));
            case DataMessage.AllKept m ->
                meta(
                        FrameType.ALL_KEPT,
                        new MetaWriter()
                                .i64(m.waits())
                                .i64(m.medianNanos())
                                .i64(m.p99Nanos())
                                .i64(m.maxNanos()));
        };
    }

    private static Frame meta(FrameType type, MetaWriter meta) {
        return Frame.of(type, meta.done());
    }

    private static MetaWriter target(MetaWriter out, PageTarget target) {
        int kind =
                switch (target) {
                    case PageTarget.ProcessMemory _ -> PROCESS;
                    case PageTarget.SharedMemory _ -> SHARED;
                };
        return out.u8(kind).i64(target.id());
    }

    private static MetaWriter run(PageRun run) {
        return target(new MetaWriter(), run.target()).i64(run.address()).i64(run.pages());
    }

    private static MetaWriter entry(TreeEntry entry) {
        MetaWriter out = new MetaWriter()
                .text(entry.path())
                .u8(entry.kind().ordinal())
                .i32(entry.mode())
                .i32(entry.uid())
                .i32(entry.gid())
                .i64(entry.size())
                .i64(entry.mtimeNanos())
                .text(entry.link())
                .i64(entry.device())
                .i32(entry.xattrs().size());
        entry.xattrs().forEach((name, value) -> out.text(name).bytes(value));
        return out;
    }

    /** @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL if the frame is no well-formed data message */
    static DataMessage decode(Frame frame) {
        MetaReader in = new MetaReader(frame.meta());
        try {
            DataMessage message = message(frame, in);
            in.end();
            return message;
        } catch (IllegalArgumentException e) {
            throw Protocol.broken(String.valueOf(e.getMessage())).withCause(e);
        }
    }

    private static DataMessage message(Frame frame, MetaReader in) {
        return switch (frame.type()) {
            case CONTROL, TURN -> throw Protocol.broken("a message among data");
            case PAGES -> pages(run(in), frame.payload());
            case COMPRESSED_PAGES -> compressed(run(in), frame.payload());
            case KNOWN_PAGES -> known(run(in), target(in), in.i64());
            case KEPT_WANTED -> new DataMessage.KeptWanted();
            case KEPT_NAMES -> new DataMessage.KeptNames(frame.content());
            case KEPT_PAGES -> new DataMessage.KeptPages(run(in), in.i64());
            case ZERO_PAGES -> new DataMessage.ZeroPages(run(in));
            case PROCESS_ENDED -> new DataMessage.ProcessEnded(target(in));
            case PAGE_WORDS -> words(run(in), in.i64(), frame.content());
            case PAGES_END -> new DataMessage.PagesEnd(in.count(), in.flag());
            case IMAGE -> new DataMessage.Image(in.text(), in.count());
            case IMAGE_DATA -> new DataMessage.ImageData(frame.content());
            case COMPRESSED_IMAGE_DATA -> new DataMessage.CompressedImageData(in.i32(), frame.content());
            case ENTRY -> new DataMessage.Entry(entry(in));
            case ENTRY_UPDATE -> new DataMessage.EntryUpdate(entry(in));
            case ENTRY_ZEROS -> new DataMessage.EntryZeros(in.count(), in.count());
            case ENTRY_DATA -> new DataMessage.EntryData(in.count(), frame.content());
            case TREE -> new DataMessage.Tree(in.text());
            case ENTRY_REMOVED -> new DataMessage.EntryRemoved(in.text());
            case FILLER -> new DataMessage.Filler(frame.content());
            case SECTION_END -> new DataMessage.SectionEnd(in.oneOf(Section.values()), in.count());
            case OUTDATED -> new DataMessage.Outdated(run(in));
            case PAGES_LATER -> new DataMessage.PagesLater();
            case LACKING -> new DataMessage.Lacking(run(in));
            case LACKING_END -> new DataMessage.LackingEnd(in.count());
            case WANTED -> new DataMessage.Wanted(run(in));
            case KEPT -> new DataMessage.Kept(in.count());
            case ALL_KEPT -> new DataMessage.AllKept(in.count(), in.count(), in.count(), in.count());
        };
    }

    private static DataMessage pages(PageRun run, ByteBuffer data) {
        if (run.bytes() != data.remaining()) {
            throw Protocol.broken("pages and bytes that do not fit each other");
        }
        return new DataMessage.Pages(run, data);
    }

    private static DataMessage compressed(PageRun run, ByteBuffer data) {
        if (run.bytes() > PageSink.DATA_BYTES_MAX) {
            throw Protocol.broken("more compressed pages than a frame may have");
        }
        return new DataMessage.CompressedPages(run, data);
    }

    private static DataMessage known(PageRun run, PageTarget target, long address) {
        return new DataMessage.KnownPages(run, new PageRun(target, address, run.pages(), run.content()));
    }

    private static DataMessage words(PageRun run, long seed, byte[] words) {
        if (run.pages() != words.length / PageWord.BYTES || words.length % PageWord.BYTES != 0) {
            throw Protocol.broken("pages and words of them that do not fit each other");
        }
        return new DataMessage.PageWords(run, seed, words);
    }

    private static PageTarget target(MetaReader in) {
        int kind = in.u8();
        long id = in.i64();
        return switch (kind) {
            case PROCESS -> new PageTarget.ProcessMemory(id);
            case SHARED -> new PageTarget.SharedMemory(id);
            default -> throw Protocol.broken("pages of an unknown kind");
        };
    }

    private static PageRun run(MetaReader in) {
        PageTarget target = target(in);
        long address = in.i64();
        long pages = in.i64();
        return new PageRun(target, address, pages, PageContent.PRESENT_LAZY);
    }

    private static TreeEntry entry(MetaReader in) {
        String path = in.text();
        TreeEntry.Kind kind = in.oneOf(TreeEntry.Kind.values());
        return new TreeEntry(
                path, kind, in.i32(), in.i32(), in.i32(), in.count(), in.i64(), in.text(), in.i64(), xattrs(in));
    }

    private static Map<String, byte[]> xattrs(MetaReader in) {
        int count = in.i32();
        if (count < 0 || count > XATTRS_MAX) {
            throw Protocol.broken("a file with too many attributes");
        }
        Map<String, byte[]> found = new HashMap<>();
        for (int i = 0; i < count; i++) {
            found.put(in.text(), in.bytes());
        }
        return found;
    }
}
