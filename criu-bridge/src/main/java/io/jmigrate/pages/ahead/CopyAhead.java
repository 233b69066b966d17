package io.jmigrate.pages.ahead;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.TreePages;
import io.jmigrate.pages.track.DirtyTracker;
import io.jmigrate.pages.track.WrittenPages;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** One copy of the memory of one tree, in rounds while it runs and at last when it stands still. Used by one thread at a time. */
public final class CopyAhead implements AutoCloseable {
    private final DirtyTracker tracker;
    private final PageTaker taker;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final Map<ProcessMemory, Copied> copied = new HashMap<>();

    /** What was handed over of a process. Another one may have its number by now. */
    private record Copied(ProcessRef process, CopiedPages pages) {}

    /** @param tracker closed with this */
    public CopyAhead(DirtyTracker tracker, PageTaker taker) {
        this.tracker = Objects.requireNonNull(tracker);
        this.taker = Objects.requireNonNull(taker);
    }

    /**
     * Hands over what was written since the round before, or all of it. Processes that end meanwhile are left out.
     *
     * @return bytes
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the taker's own
     */
    public long round(List<ProcessRef> processes) {
        long bytes = 0;
        Set<ProcessMemory> there = new HashSet<>();
        for (ProcessRef process : processes) {
            Optional<ProcessMemory> target = InnerPid.of(process);
            if (target.isPresent()) {
                there.add(target.get());
                bytes += tracker.changed(process, target.get(), new Noting(of(process, target.get())));
            }
        }
        tracker.retain(processes);
        forgetAllBut(there);
        return bytes;
    }

    private void forgetAllBut(Set<ProcessMemory> there) {
        Set<ProcessMemory> gone = new HashSet<>(copied.keySet());
        gone.removeAll(there);
        gone.forEach(taker::ended);
        copied.keySet().retainAll(there);
    }

    /** How many bytes a round would hand over now; empty if that can't be told without reading the memory. */
    public OptionalLong pending(List<ProcessRef> processes) {
        long bytes = 0;
        for (ProcessRef process : processes) {
            OptionalLong own = tracker.pending(process);
            if (own.isEmpty()) {
                return OptionalLong.empty();
            }
            bytes += own.getAsLong();
        }
        return OptionalLong.of(bytes);
    }

    /**
     * Hands over what was written since the last round, of a tree that stands still from now on and is being dumped. Left to {@link #last} is what
     * can only be told by reading all memory again, as the dump writes to it: CRIU has the processes run code of its own (compel/src/lib/infect.c).
     *
     * @return bytes
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the taker's own
     */
    public long standing(List<ProcessRef> processes) {
        tracker.treeStands();
        long bytes = 0;
        for (ProcessRef process : processes) {
            Optional<ProcessMemory> target = InnerPid.of(process).filter(its -> knows(process, its));
            if (target.isPresent() && tracker.pending(process).isPresent()) {
                bytes += tracker.changed(process, target.get(), new Noting(of(process, target.get())));
            }
        }
        return bytes;
    }

    private CopiedPages of(ProcessRef process, ProcessMemory target) {
        Copied known = copied.get(target);
        if (known == null || !known.process().equals(process)) {
            known = new Copied(process, new CopiedPages());
            copied.put(target, known);
        }
        return known.pages();
    }

    private boolean knows(ProcessRef process, ProcessMemory target) {
        return Optional.ofNullable(copied.get(target))
                .filter(known -> known.process().equals(process))
                .isPresent();
    }

    /**
     * Hands over what a lazy dump has left in the tree and was not handed over as it is. Processes that no round has met are not
     * followed any more, as they stand still: all of theirs is handed over, as of those that the tracker has lost.
     *
     * @return bytes
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the taker's own
     */
    public long last(TreePages tree) {
        tracker.treeStands();
        long bytes = 0;
        for (ProcessMemory target : tree.processes()) {
            ProcessRef process = tree.process(target);
            if (knows(process, target)) {
                bytes += tracker.changed(process, target, new Noting(of(process, target)));
            }
            CopiedPages pages = tracker.follows(process) ? of(process, target) : new CopiedPages();
            for (PageRun run : tree.lazy(target)) {
                for (PageRun missing : pages.missing(run)) {
                    read(tree, target, missing, taker);
                    bytes += missing.bytes();
                }
            }
        }
        return bytes;
    }

    /**
     * Names what a lazy dump has left in the tree and was not handed over as it is, as {@link #last} would hand it over; it may name something
     * twice, or more than that, but nothing of a process of which nothing was handed over.
     *
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the taker's own
     */
    public void outdated(TreePages tree, Consumer<PageRun> names) {
        tracker.treeStands();
        for (ProcessMemory target : tree.processes()) {
            ProcessRef process = tree.process(target);
            if (!copied.containsKey(target)) {
                continue; // nothing of it was handed over
            }
            if (knows(process, target)) {
                tracker.name(process, target, names);
            }
            CopiedPages pages = tracker.follows(process) ? of(process, target) : new CopiedPages();
            tree.lazy(target).forEach(run -> pages.missing(run).forEach(names));
        }
    }

    /** Hands over these pages, as far as a lazy dump has left them in the tree. */
    public void some(TreePages tree, List<PageRun> pages) {
        for (PageRun page : pages) {
            ProcessMemory target = (ProcessMemory) page.target();
            if (tree.processes().contains(target)
                    && tree.lazy(target).stream()
                            .anyMatch(run -> run.address() <= page.address() && page.end() <= run.end())) {
                read(tree, target, page, taker);
            }
        }
    }

    /**
     * Hands over all that a lazy dump has left in the tree, whatever has been handed over before, until it is enough.
     *
     * @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or the taker's own
     */
    public void all(TreePages tree, PageTaker to) {
        for (ProcessMemory target : tree.processes()) {
            tree.lazy(target).forEach(run -> read(tree, target, run, to));
        }
    }

    private void read(TreePages tree, ProcessMemory target, PageRun run, PageTaker to) {
        for (long at = run.address(); at < run.end() && !to.enough(); at += buffer.capacity()) {
            int bytes = (int) Math.min(buffer.capacity(), run.end() - at);
            tree.read(target, at, buffer.clear().limit(bytes));
            to.pages(new PageRun(target, at, bytes / PageRun.PAGE_BYTES, PageContent.PRESENT_LAZY), buffer.flip());
        }
    }

    /** Hands pages on and notes them. */
    private final class Noting extends WrittenPages {
        private final CopiedPages pages;

        Noting(CopiedPages pages) {
            this.pages = pages;
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            taker.pages(run, data);
            pages.add(run.address(), run.end());
        }
    }

    @Override
    public void close() {
        tracker.close();
    }
}
