package io.jmigrate.pages.kept;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * Keeps pages one after the other, and their names; of zeros nothing. What there is no room or no time for is left out, and so is all that
 * follows: what was kept is of use all the same.
 */
public final class KeptWriter implements PageTaker {
    private static final int STEP_BYTES = 16 << 20;
    private static final int NAMES_BYTES = 64 << 10;
    /** What a page takes on the disk. */
    private static final int BYTES_A_PAGE = PageRun.PAGE_BYTES + PageName.BYTES;

    private final Fd content;
    private final Fd names;
    private final PageNames naming;
    private final LongPredicate room;
    private final BooleanSupplier late;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(NAMES_BYTES);
    private long granted;
    private long pages;
    private boolean full;

    /**
     * @param content empty, closed by the caller
     * @param names likewise
     * @param room whether both may grow to so many bytes together
     * @param late whether no more is to be taken
     */
    public KeptWriter(Fd content, Fd names, PageNames naming, LongPredicate room, BooleanSupplier late) {
        this.content = content;
        this.names = names;
        this.naming = naming;
        this.room = room;
        this.late = late;
    }

    /** @throws Failure PAGES_NO_SPACE, PAGES_IO */
    @Override
    public void pages(PageRun run, ByteBuffer data) {
        if (!enough()) {
            ZeroPages.divide(data, (_, _, piece) -> keep(piece));
        }
        data.position(data.limit());
    }

    @Override
    public boolean enough() {
        full = full || late.getAsBoolean();
        return full;
    }

    private void keep(ByteBuffer piece) {
        long count = piece.remaining() / PageRun.PAGE_BYTES;
        if (count == 0 || full) {
            return;
        }
        full = !fits(pages + count);
        if (!full) {
            name(piece.duplicate());
            writing(() -> Descriptors.pwriteFully(content, piece, pages * PageRun.PAGE_BYTES));
            pages += count;
        }
    }

    private boolean fits(long more) {
        long bytes = more * BYTES_A_PAGE;
        if (more <= KeptTable.PAGES_MAX && bytes > granted && room.test(bytes + STEP_BYTES)) {
            granted = bytes + STEP_BYTES;
        }
        return more <= KeptTable.PAGES_MAX && bytes <= granted;
    }

    private void name(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            naming.of(piece.slice(piece.position(), PageRun.PAGE_BYTES)).write(pending);
            piece.position(piece.position() + PageRun.PAGE_BYTES);
            if (!pending.hasRemaining()) {
                writeNames();
            }
        }
    }

    private void writeNames() {
        pending.flip();
        writing(() -> Descriptors.writeFully(names, pending));
        pending.clear();
    }

    /** All that was kept outlives a power failure. @return how many pages */
    public long finish() {
        writeNames();
        writing(() -> {
            Descriptors.setSize(content, pages * PageRun.PAGE_BYTES); // it may have been given more room
            Descriptors.fsync(content);
            Descriptors.fsync(names);
        });
        return pages;
    }

    private static void writing(Runnable write) {
        try {
            write.run();
        } catch (LinuxException e) {
            PageCode code = e.errno().equals(Errno.ENOSPC) ? PageCode.PAGES_NO_SPACE : PageCode.PAGES_IO;
            throw Failure.of(code, "nothing is kept of the container's memory: " + e.getMessage())
                    .withCause(e);
        }
    }
}
