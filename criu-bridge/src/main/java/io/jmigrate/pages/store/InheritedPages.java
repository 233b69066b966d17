package io.jmigrate.pages.store;

import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The memory of images that build on earlier dumps. CRIU reads what those hold before the processes run, unless it believes that it was
 * left at the source: so it is shown pagemaps that say that.
 *
 * @param indexes with the earlier dumps' pages among those for later
 * @param pagemaps of the processes that have such pages, as CRIU is to see them
 */
public record InheritedPages(PageIndexes indexes, Map<ProcessMemory, Pagemap> pagemaps) {
    /** One pagemap-PID.img. */
    public record Pagemap(PagemapHead head, List<PagemapEntry> entries) {}

    /**
     * Looks for some.
     *
     * @return empty if there is none that can come later
     * @throws Failure PAGES_IO also if images are damaged
     */
    public static Optional<InheritedPages> of(Path directory) {
        try {
            EarlierDumps earlier = EarlierDumps.of(directory);
            if (earlier.isEmpty()) {
                return Optional.empty();
            }
            PageIndexes own = PageIndexes.of(directory);
            Map<ProcessMemory, PageIndex> all = new HashMap<>(own.all());
            Map<ProcessMemory, Pagemap> pagemaps = new HashMap<>();
            for (Map.Entry<ProcessMemory, PageIndex> each : own.all().entrySet()) {
                NavigableMap<Long, PageIndex.Stored> later = later(directory, each.getKey(), each.getValue(), earlier);
                if (!later.isEmpty()) {
                    all.put(each.getKey(), with(each.getValue(), later));
                    pagemaps.put(each.getKey(), pagemap(each.getValue(), later));
                }
            }
            return pagemaps.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new InheritedPages(new PageIndexes(directory, all, earlier.files()), Map.copyOf(pagemaps)));
        } catch (IOException e) {
            throw Failure.of(
                            PageCode.PAGES_IO,
                            "cannot read the dumps that " + directory + " builds on: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static NavigableMap<Long, PageIndex.Stored> later(
            Path directory, ProcessMemory process, PageIndex index, EarlierDumps earlier) throws IOException {
        NavigableMap<Long, PageIndex.Stored> later = new TreeMap<>();
        if (!index.inherited().isEmpty()) {
            LazyMappings mappings = LazyMappings.read(directory.resolve("mm-" + process.id() + ".img"));
            EarlierDumps.OfProcess dumps = earlier.process(process);
            for (PageRun run : index.inherited().values()) {
                if (mappings.hold(run)) {
                    dumps.find(run).forEach(piece -> later.put(piece.run().address(), piece));
                }
            }
        }
        return later;
    }

    private static PageIndex with(PageIndex index, NavigableMap<Long, PageIndex.Stored> later) {
        NavigableMap<Long, PageIndex.Stored> lazy = new TreeMap<>(index.lazy());
        lazy.putAll(later);
        return new PageIndex(index.file(), lazy, index.eager(), index.inherited(), index.absent());
    }

    private static Pagemap pagemap(PageIndex index, NavigableMap<Long, PageIndex.Stored> later) {
        NavigableMap<Long, PagemapEntry> entries = new TreeMap<>();
        Stream.of(index.lazy(), index.eager())
                .flatMap(kind -> kind.values().stream())
                .map(PageIndex.Stored::run)
                .forEach(run -> entries.put(run.address(), entry(run, run.content())));
        index.inherited().values().forEach(run -> entries.put(run.address(), entry(run, run.content())));
        // the first piece of a run takes the place of the run
        later.values()
                .forEach(piece -> entries.put(piece.run().address(), entry(piece.run(), PageContent.ABSENT_LAZY)));
        PagemapHead head = PagemapHead.newBuilder().setPagesId(index.file()).build();
        return new Pagemap(head, List.copyOf(entries.values()));
    }

    private static PagemapEntry entry(PageRun run, PageContent content) {
        return new PagemapRun(run.address(), run.pages(), content.flags()).entry();
    }
}
