package io.jmigrate.pages.arrival;

import io.jmigrate.pages.LaterFile;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.pages.frozen.FrozenMemory;
import io.jmigrate.pages.frozen.ProcessSource;
import io.jmigrate.pages.later.AwaitedPages;
import io.jmigrate.pages.later.LaterFiles;
import io.jmigrate.pages.later.LaterFiles.Placed;
import io.jmigrate.pages.store.PageIndex;
import io.jmigrate.pages.store.PageIndexes;
import io.jmigrate.pages.store.StoredPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The memory that a lazy dump has left at its source, and which has arrived. Made before its images are there: they are read when the
 * first question comes.
 */
public final class ArrivedPages implements PageStore {
    private static final int HEAP_BYTES_A_PIECE = 176;

    /** Half of what a source lets itself be told: of those that lack, some come apart. */
    private static final long PIECES_MAX = 1 << 21;

    private final Path directory;
    private final ArrivingPages arrived;
    private final LaterFiles laterFiles;
    private final PagemapHeap heap;
    private Optional<StoredPages> pages = Optional.empty();
    private Optional<Fd> come = Optional.empty();

    /**
     * @param directory where the images will be
     * @param arrived closed by the caller
     */
    public ArrivedPages(Path directory, ArrivingPages arrived) {
        this.directory = directory;
        this.arrived = arrived;
        this.laterFiles = new LaterFiles(directory);
        this.heap = new PagemapHeap(arrived.account());
    }

    /** @throws Failure PAGES_PROTOCOL if some page has not come, PAGES_IO also if the images are damaged */
    private synchronized StoredPages pages() {
        if (pages.isEmpty()) {
            Map<ProcessMemory, PageIndex> all = new HashMap<>();
            PageIndexes indexes = indexes();
            indexes.all().forEach((process, index) -> all.put(process, located(index)));
            pages = Optional.of(new StoredPages(all, new ArrivedFiles(directory, arrived.file()), _ -> complete()));
        }
        return pages.get();
    }

    /** What they take is bounded by the size of the images before these are read. */
    private PageIndexes indexes() {
        try {
            heap.takeOwn(directory);
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the images in " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
        PageIndexes indexes = PageIndexes.of(directory);
        if (arrived.comesLater()) {
            arrived.account().requireRoom(indexes.absentBytes());
        }
        return indexes;
    }

    private PageIndex located(PageIndex index) {
        NavigableMap<Long, PageIndex.Stored> arrivedRuns = new TreeMap<>();
        index.absent().values().forEach(run -> locate(run, arrivedRuns));
        NavigableMap<Long, PageIndex.Stored> lazy = new TreeMap<>(index.lazy());
        lazy.putAll(arrivedRuns);
        return new PageIndex(index.file(), lazy, index.eager(), index.inherited(), new TreeMap<>());
    }

    private void locate(PageRun run, NavigableMap<Long, PageIndex.Stored> into) {
        for (long at = run.address(); at < run.end(); ) {
            Chunk chunk = arrived.comesLater() ? arrived.chunkFor(run.target(), at) : arrived.chunkAt(run.target(), at);
            int page = Chunk.page(at);
            long wanted = (run.end() - at) / PageRun.PAGE_BYTES;
            long count = arrived.comesLater()
                    ? Math.min(Chunk.PAGES - page, wanted)
                    : chunk == null ? 0 : Math.min(chunk.presentFrom(page), wanted);
            if (count == 0) {
                throw missing(run.target(), at);
            }
            heap.take(HEAP_BYTES_A_PIECE);
            PageRun piece = new PageRun(run.target(), at, count, PageContent.PRESENT_LAZY);
            PageIndex.join(into, new PageIndex.Stored(piece, ArrivedFiles.ARRIVED, chunk.offset(page)));
            at = piece.end();
        }
    }

    private static Failure missing(Object target, long address) {
        return Failure.of(
                PageCode.PAGES_PROTOCOL,
                "the page of " + target + " at 0x" + Long.toHexString(address) + " was not sent");
    }

    @Override
    public long lazyBytes() {
        return pages().lazyBytes();
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        return pages().lazy(process);
    }

    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        pages().read(process, address, target);
    }

    @Override
    public Optional<List<StoredRun>> files() {
        return pages().files();
    }

    /** What has not come has its place, and is written down when this is asked for first. */
    @Override
    public synchronized Optional<LaterFile> later() {
        if (!arrived.comesLater()) {
            return Optional.empty();
        }
        if (come.isEmpty()) {
            List<Placed> placed = files().orElseThrow().stream()
                    .filter(stored -> stored.file().equals(arrived.file()))
                    .map(stored -> new Placed(stored.run(), stored.offset()))
                    .toList();
            come = Optional.of(laterFiles.begin(placed, arrived.come()));
            try (AwaitedPages awaited = AwaitedPages.open(laterFiles)) {
                awaited.requireNameable(PIECES_MAX);
            }
        }
        return Optional.of(new LaterFile(arrived.file(), come.get()));
    }

    @Override
    public void settle() {
        pages().settle();
    }

    /** Makes complete images of those that lack memory. */
    private void complete() {
        StoredPages stored = pages();
        try (FrozenMemory memory = FrozenMemory.elsewhere(directory, process -> new OfProcess(stored, process))) {
            memory.complete(() -> {});
        }
    }

    private record OfProcess(StoredPages pages, ProcessMemory process) implements ProcessSource {
        @Override
        public void read(long address, ByteBuffer into) {
            pages.read(process, address, into);
        }

        @Override
        public void close() {
            // who has opened the pages closes them
        }
    }

    @Override
    public void confirm() {
        // each frame was compared with its checksum when it came
    }

    @Override
    public synchronized void close() {
        pages.ifPresent(StoredPages::close);
        come.ifPresent(Fd::close);
        heap.close();
    }
}
