package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A pages file of which parts are still in a process that stands still, or wherever else its memory is. */
final class FrozenPages implements PagesSource, AutoCloseable {
    private final String name;
    private final List<Piece> pieces;
    private final long[] offsets;
    private final Fd written;
    private final ProcessSource memory;

    private FrozenPages(String name, List<Piece> pieces, Fd written, ProcessSource memory) {
        this.name = name;
        this.pieces = pieces;
        this.offsets = new long[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            offsets[i + 1] = offsets[i] + pieces.get(i).bytes();
        }
        this.written = written;
        this.memory = memory;
    }

    /**
     * @param directory where CRIU's part is, and stays open even if its name is taken by another
     * @param memory of the process, closed with the result, and if there is none
     */
    static FrozenPages open(Path directory, LazyPagemap pagemap, ProcessSource memory) {
        try {
            Fd written = Descriptors.open(directory.resolve(pagemap.pagesFile()), OpenFlag.NO_FOLLOW);
            return new FrozenPages(pagemap.pagesFile(), pagemap.pieces(), written, memory);
        } catch (RuntimeException e) {
            try (memory) {
                throw e;
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return offsets[offsets.length - 1];
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        int end = into.limit();
        int found = Arrays.binarySearch(offsets, offset);
        int piece = found >= 0 ? found : -found - 2;
        long at = offset;
        while (into.position() < end) {
            int count = (int) Math.min(offsets[piece + 1] - at, end - into.position());
            into.limit(into.position() + count);
            read(pieces.get(piece), at - offsets[piece], into);
            into.limit(end);
            at += count;
            piece++;
        }
    }

    private void read(Piece piece, long within, ByteBuffer into) {
        switch (piece) {
            case Piece.Written(long start, long _) -> readWritten(start + within, into);
            case Piece.InProcess(long address, long _) -> memory.read(address + within, into);
        }
    }

    private void readWritten(long place, ByteBuffer into) {
        try {
            if (!Descriptors.preadFully(written, into, place)) {
                throw unreadable("it is too short", null);
            }
        } catch (LinuxException e) {
            throw unreadable(e.errno().text(), e);
        }
    }

    private Failure unreadable(String why, LinuxException cause) {
        return Failure.of(PageCode.PAGES_IO, "cannot read " + name + " as CRIU has written it: " + why)
                .withCause(cause);
    }

    @Override
    public void close() {
        try (memory) {
            written.close();
        }
    }
}
