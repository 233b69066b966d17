package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the pages of one target lie, as its pagemap image tells: entry after entry, those that are present follow each other in
 * pages-N.img (criu/pagemap.c, skip_pagemap_pages).
 *
 * @param file N of the pages-N.img
 * @param lazy what a lazy restore leaves out, by address
 * @param eager what it reads itself, by address
 * @param inherited what is in an earlier dump, by address
 * @param absent pages for later that are nowhere in the images, by address: a lazy dump left them at the source
 */
public record PageIndex(
        int file,
        NavigableMap<Long, Stored> lazy,
        NavigableMap<Long, Stored> eager,
        NavigableMap<Long, PageRun> inherited,
        NavigableMap<Long, PageRun> absent) {
    /**
     * Pages and their place.
     *
     * @param run the pages
     * @param file N of the pages-N.img; below zero for one of an earlier dump
     * @param offset of the first one in the file
     */
    public record Stored(PageRun run, int file, long offset) {
        private boolean continuesWith(Stored next) {
            return file == next.file && run.continuesWith(next.run) && offset + run.bytes() == next.offset;
        }
    }

    /**
     * Reads a pagemap image to its end.
     *
     * @throws ImageException if it is damaged
     */
    public static PageIndex read(ImageReader pagemap, PageTarget target) throws IOException {
        PagemapHead head = pagemap.one(PagemapHead.parser());
        NavigableMap<Long, Stored> lazy = new TreeMap<>();
        NavigableMap<Long, Stored> eager = new TreeMap<>();
        NavigableMap<Long, PageRun> inherited = new TreeMap<>();
        NavigableMap<Long, PageRun> absent = new TreeMap<>();
        long offset = 0;
        long end = 0;
        for (Optional<PagemapEntry> entry = pagemap.next(PagemapEntry.parser());
                entry.isPresent();
                entry = pagemap.next(PagemapEntry.parser())) {
            PageRun run = run(entry.get(), target);
            if (run.address() < end) {
                throw new ImageException("the pagemap of " + target + " is out of order");
            }
            end = run.end();
            if (run.content().present()) {
                join(
                        run.content() == PageContent.PRESENT_LAZY ? lazy : eager,
                        new Stored(run, head.getPagesId(), offset));
                offset = Math.addExact(offset, run.bytes());
            } else if (run.content() == PageContent.ABSENT_LAZY) {
                absent.put(run.address(), run);
            } else {
                inherited.put(run.address(), run);
            }
        }
        return new PageIndex(head.getPagesId(), lazy, eager, inherited, absent);
    }

    private static PageRun run(PagemapEntry entry, PageTarget target) throws ImageException {
        PagemapRun run = PagemapRun.of("the pagemap of " + target, entry);
        try {
            PageContent content = PageContent.ofFlags(run.flags()).orElseThrow(IllegalArgumentException::new);
            return new PageRun(target, run.address(), run.pages(), content);
        } catch (IllegalArgumentException e) {
            throw new ImageException("the pagemap of " + target + " has an impossible entry", e);
        }
    }

    /** Adds what lies behind all that a map has, as one with the last of it where it goes on there in the file, too. */
    public static void join(NavigableMap<Long, Stored> map, Stored next) {
        Optional<Stored> last = Optional.ofNullable(map.lastEntry())
                .map(Map.Entry::getValue)
                .filter(before -> before.continuesWith(next));
        Stored joined = last.map(before -> new Stored(before.run().join(next.run()), before.file(), before.offset()))
                .orElse(next);
        map.put(joined.run().address(), joined);
    }

    /** What is left for later. */
    public List<PageRun> lazyRuns() {
        List<PageRun> runs = new ArrayList<>();
        lazy.values().forEach(stored -> runs.add(stored.run()));
        return runs;
    }

    /** How many bytes are left for later. */
    public long lazyBytes() {
        return lazy.values().stream().mapToLong(stored -> stored.run().bytes()).sum();
    }

    /** How many bytes are nowhere in the images. */
    public long absentBytes() {
        return absent.values().stream().mapToLong(PageRun::bytes).sum();
    }

    /** How much of the file is named. */
    public long bytes() {
        return Stream.of(lazy, eager)
                .flatMap(kind -> kind.values().stream())
                .mapToLong(stored -> stored.offset() + stored.run().bytes())
                .max()
                .orElse(0);
    }

    /** The pages for later that an address is among. */
    Optional<Stored> lazyAt(long address) {
        return among(lazy, address, Stored::run);
    }

    /** What a map has for an address. @param run which pages it has it for */
    static <T> Optional<T> among(NavigableMap<Long, T> map, long address, Function<T, PageRun> run) {
        return Optional.ofNullable(map.floorEntry(address))
                .map(Map.Entry::getValue)
                .filter(found -> address < run.apply(found).end());
    }
}
