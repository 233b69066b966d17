package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The pages that a dump has written of memory that processes share. */
public final class SharedPagesFile implements AutoCloseable {
    private final SharedPagemap pagemap;
    private final Fd file;
    private final NavigableMap<Long, Long> places = new TreeMap<>(); // in the file, by address of a run

    private SharedPagesFile(SharedPagemap pagemap, Fd file) {
        this.pagemap = pagemap;
        this.file = file;
        long place = 0;
        for (PageRun run : pagemap.runs()) {
            places.put(run.address(), place);
            place += run.bytes();
        }
    }

    /** @throws Failure PAGES_IO */
    public static SharedPagesFile open(Path directory, SharedPagemap pagemap) {
        try {
            Fd file = Descriptors.open(directory.resolve(pagemap.pagesFile()), OpenFlag.NO_FOLLOW);
            return new SharedPagesFile(pagemap, file);
        } catch (LinuxException e) {
            throw unreadable(pagemap, e.getMessage()).withCause(e);
        }
    }

    /**
     * Hands pages over.
     *
     * @param run all or a part of one of the pagemap's
     * @param buffer of {@link PageSink#DATA_BYTES_MAX}, used meanwhile
     * @throws Failure PAGES_IO, or the taker's own
     */
    public void read(PageRun run, ByteBuffer buffer, PageTaker to) {
        var first = places.floorEntry(run.address());
        long place = first.getValue() + run.address() - first.getKey();
        for (long at = run.address(); at < run.end(); at += PageSink.DATA_BYTES_MAX) {
            PageRun part = run.part(at, Math.min(PageSink.DATA_BYTES_MAX, run.end() - at));
            buffer.clear().limit((int) part.bytes());
            fill(buffer, place + at - run.address());
            to.pages(part, buffer.flip());
        }
    }

    private void fill(ByteBuffer buffer, long place) {
        try {
            if (!Descriptors.preadFully(file, buffer, place)) {
                throw unreadable(pagemap, "it is too short");
            }
        } catch (LinuxException e) {
            throw unreadable(pagemap, e.getMessage()).withCause(e);
        }
    }

    private static Failure unreadable(SharedPagemap pagemap, String why) {
        return Failure.of(PageCode.PAGES_IO, "cannot read " + pagemap.pagesFile() + " as CRIU has written it: " + why);
    }

    @Override
    public void close() {
        file.close();
    }
}
