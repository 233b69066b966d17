package io.jmigrate.pages.kept;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Pages that were kept, by their numbers. Used by one thread at a time. */
public final class KeptPages implements AutoCloseable {
    private static final int PAGES_A_READ = PageSink.DATA_BYTES_MAX / PageRun.PAGE_BYTES;

    private final Fd content;
    private final Fd names;
    private final byte[] secret;
    private final long pages;
    private final Runnable forget;
    private final PageNames naming;
    private final ByteBuffer read = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final ByteBuffer named = ByteBuffer.allocateDirect(PAGES_A_READ * PageName.BYTES);

    /**
     * @param content closed with this
     * @param names likewise
     * @param secret of the names
     * @param pages how many there are
     * @param forget removes all that was kept; may be run again
     */
    public KeptPages(Fd content, Fd names, byte[] secret, long pages, Runnable forget) {
        this.content = content;
        this.names = names;
        this.secret = secret.clone();
        this.pages = pages;
        this.forget = forget;
        this.naming = new PageNames(secret);
    }

    public long pages() {
        return pages;
    }

    /** What the names are made with. */
    public byte[] secret() {
        return secret.clone();
    }

    /**
     * Hands all names over, in the order of the numbers.
     *
     * @param to gets pieces of {@link PageSink#DATA_BYTES_MAX} at most, each of whole names
     * @throws Failure PAGES_IO
     */
    public void names(Consumer<byte[]> to) {
        ByteBuffer piece = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
        long all = pages * PageName.BYTES;
        for (long at = 0; at < all; at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), all - at));
            fill(names, piece, at);
            byte[] bytes = new byte[piece.flip().remaining()];
            piece.get(bytes);
            to.accept(bytes);
        }
    }

    /**
     * Reads pages that follow each other.
     *
     * @param number of the first
     * @param count at most as many as {@link PageSink#DATA_BYTES_MAX} holds
     * @return them, good until the next call
     * @throws Failure PAGES_PROTOCOL if there are none with such numbers, PAGES_IO if one does not hold what it did: nothing is kept any more then
     */
    public ByteBuffer read(long number, long count) {
        if (number < 0 || count < 1 || count > PAGES_A_READ || number > pages - count) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "pages are said to have been kept that were not");
        }
        fill(content, read.clear().limit((int) count * PageRun.PAGE_BYTES), number * PageRun.PAGE_BYTES);
        fill(names, named.clear().limit((int) count * PageName.BYTES), number * PageName.BYTES);
        read.flip();
        named.flip();
        for (int page = 0; page < count; page++) {
            PageName name = naming.of(read.slice(page * PageRun.PAGE_BYTES, PageRun.PAGE_BYTES));
            if (!name.equals(PageName.read(named))) {
                throw damaged();
            }
        }
        return read;
    }

    private void fill(Fd from, ByteBuffer into, long offset) {
        try {
            if (!Descriptors.preadFully(from, into, offset)) {
                throw damaged();
            }
        } catch (LinuxException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read memory that was kept: " + e.getMessage())
                    .withCause(e);
        }
    }

    private Failure damaged() {
        forget.run();
        return Failure.of(
                PageCode.PAGES_IO,
                "memory that was kept of an earlier migration is damaged; it was removed, so that the next one brings everything");
    }

    /** It is of no use any more. What is open can be read until it is closed. @throws Failure if it can't be removed */
    public void forget() {
        forget.run();
    }

    @Override
    public void close() {
        try (content) {
            names.close();
        }
    }
}
