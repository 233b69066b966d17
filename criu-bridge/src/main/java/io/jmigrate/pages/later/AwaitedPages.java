package io.jmigrate.pages.later;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.later.LaterFiles.Placed;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Takes the pages that a container lacks which runs already. Used by one thread; one at a time of a container. */
public final class AwaitedPages implements AutoCloseable {
    private final Fd memory;
    private final ComeBits come;
    private final List<Placed> all;
    private final Map<PageTarget, NavigableMap<Long, Placed>> places = new HashMap<>();
    private long missing;

    private AwaitedPages(Fd memory, ComeBits come, List<Placed> all) {
        this.memory = memory;
        this.come = come;
        this.all = all;
        for (Placed placed : all) {
            places.computeIfAbsent(placed.run().target(), _ -> new TreeMap<>())
                    .put(placed.run().address(), placed);
        }
        eachLacking(run -> missing += run.pages());
    }

    /** @throws Failure PAGES_IO */
    public static AwaitedPages open(LaterFiles files) {
        try {
            List<Placed> all = AwaitedList.read(files.awaited());
            ComeBits come = ComeBits.open(files.come());
            return new AwaitedPages(
                    Descriptors.open(files.memory(), OpenFlag.READ_WRITE, OpenFlag.NO_FOLLOW), come, all);
        } catch (IOException | LinuxException e) {
            throw LaterFiles.failed(files.directory(), e);
        }
    }

    /** What has not come, in ascending order by process and address. */
    public List<PageRun> lacking() {
        List<PageRun> lacking = new ArrayList<>();
        eachLacking(lacking::add);
        return lacking;
    }

    /**
     * Looks before the container runs whether all of its pieces can be named to its source, then and later, when some of them have come apart.
     *
     * @throws Failure UNSUPPORTED
     */
    public void requireNameable(long piecesMax) {
        LongAdder pieces = new LongAdder();
        eachLacking(_ -> pieces.increment());
        if (pieces.sum() > piecesMax) {
            throw Failure.of(
                    RuntimeCode.UNSUPPORTED,
                    "memory in " + pieces.sum() + " pieces can't follow the container, but only in " + piecesMax
                            + ": its other pages have come before it");
        }
    }

    private void eachLacking(Consumer<PageRun> then) {
        for (Placed placed : all) {
            PageRun run = placed.run();
            long at = run.address();
            while (at < run.end()) {
                long from = next(placed, at, false);
                long to = next(placed, from, true);
                if (from < to) {
                    then.accept(run.part(from, to - from));
                }
                at = to;
            }
        }
    }

    /** The first page from there on that has come, or has not; the end if there is none. */
    private long next(Placed placed, long from, boolean hasCome) {
        long at = from;
        while (at < placed.run().end() && come.has(placed.offsetOf(at)) != hasCome) {
            at += PageRun.PAGE_BYTES;
        }
        return at;
    }

    /** How many pages have not come. */
    public long missing() {
        return missing;
    }

    /**
     * Pages come.
     *
     * @param data exactly {@code run.bytes()}, consumed
     * @throws Failure PAGES_PROTOCOL if one is not awaited, or has come; PAGES_IO, PAGES_NO_SPACE
     */
    public void put(PageRun run, ByteBuffer data) {
        Placed placed = awaited(run);
        try {
            Descriptors.pwriteFully(memory, data, placed.offsetOf(run.address()));
        } catch (LinuxException e) {
            throw e.errno().equals(Errno.ENOSPC)
                    ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for memory")
                            .withCause(e)
                    : Failure.of(PageCode.PAGES_IO, "cannot write memory: " + e.getMessage())
                            .withCause(e);
        }
        note(placed, run);
    }

    /** The same for pages of zeros: there is nothing at their place. */
    public void putZeros(PageRun run) {
        note(awaited(run), run);
    }

    private void note(Placed placed, PageRun run) {
        come.set(placed.offsetOf(run.address()), run.pages());
        missing -= run.pages();
    }

    private Placed awaited(PageRun run) {
        Placed placed = Optional.ofNullable(places.get(run.target()))
                .map(ofTarget -> ofTarget.floorEntry(run.address()))
                .map(Map.Entry::getValue)
                .filter(found -> run.end() <= found.run().end())
                .orElseThrow(() -> refused(run, "is not awaited"));
        if (next(placed, run.address(), true) < run.end()) {
            throw refused(run, "has come already");
        }
        return placed;
    }

    private static Failure refused(PageRun run, String why) {
        return Failure.of(
                PageCode.PAGES_PROTOCOL,
                "memory of " + run.target() + " at 0x" + Long.toHexString(run.address()) + " " + why);
    }

    @Override
    public void close() {
        try (memory) {
            come.close();
        }
    }
}
