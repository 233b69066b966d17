package io.jmigrate.pages.server;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One header of the page-server protocol as CRIU 4.2 and later sends it: {@code struct page_server_iov} of criu/page-xfer.c with
 * the padding that the C compiler gives it.
 */
sealed interface PageMessage {
    /** Size of a header: u32 command, 4 bytes padding, u64 pages, u64 address, u64 target. */
    int BYTES = 32;

    /** Pages of a process are wanted; the sender waits for an answer with their bytes, which may be of fewer. */
    record Get(PageRun run) implements PageMessage {}

    /** All is sent, or all was got; the sender waits for an int, 0 for success. */
    record Close() implements PageMessage {}

    /** Reads a header of {@link #BYTES} bytes. */
    static PageMessage read(ByteBuffer header) {
        ByteBuffer fields = header.slice(header.position(), BYTES).order(ByteOrder.nativeOrder());
        int command = fields.getInt(0);
        long pages = fields.getLong(8);
        long address = fields.getLong(16);
        long target = fields.getLong(24);
        return switch (command & 0xffff) {
            case 0x1023, 0x1024 -> new Close();
            case 7 -> new Get(run(process(target), address, pages, PageContent.PRESENT)); // the bare pid
            case 1, 2, 3, 4, 5, 6 -> throw refusal("sends pages, which this end only gives");
            default -> throw refusal("sent the unknown command 0x" + Integer.toHexString(command));
        };
    }

    private static PageRun run(PageTarget owner, long address, long pages, PageContent content) {
        try {
            return new PageRun(owner, address, pages, content);
        } catch (IllegalArgumentException e) {
            throw refusal("sent an impossible range of pages for " + owner + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    /** Puts the header into the buffer that answers a {@link Get}: the pages' bytes belong behind it. */
    static void putAnswer(PageRun given, ByteBuffer buffer) {
        buffer.order(ByteOrder.nativeOrder())
                .putInt(given.content().flags() << 16 | 6)
                .putInt(0)
                .putLong(given.pages())
                .putLong(given.address())
                .putLong(given.target().id());
    }

    private static PageTarget.ProcessMemory process(long id) {
        try {
            return new PageTarget.ProcessMemory(id);
        } catch (IllegalArgumentException e) {
            throw refusal("names a process that can't exist: " + id).withCause(e);
        }
    }

    /** A failure whose sentence is that CRIU does {@code what}. */
    static Failure refusal(String what) {
        return Failure.of(PageCode.PAGES_PROTOCOL, "criu's page connection " + what);
    }
}
