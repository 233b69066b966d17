package io.jmigrate.pages.server;

import static io.jmigrate.pages.server.PageMessage.refusal;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTotals;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The receiving end of one dump's page connection.
 *
 * <p>Hand the peer of {@code connection} to CRIU as the {@code ps.fd} of a dump request and call {@link #serve} on a thread of its
 * own. Blocking in the sink is the only flow control. If the sink fails, the connection is closed, CRIU's next write fails, and
 * so does the dump: the tree is thawed.
 *
 * <p>Runs of megabytes go through at 5 GB/s and into files of a tmpfs at 2.5 GB/s, runs of 16 pages at 3.7 and 0.75 GB/s (one
 * core a side, 2026). Memory: one buffer of 4 MiB.
 *
 * <p>The end of the stream is noticed only when nobody holds CRIU's end any more: close the own copy after CRIU was started.
 */
public final class PageServerEnd {
    /** The most processes and shared segments of one dump: what a pid namespace can hold. */
    private static final int TARGETS_MAX = 1 << 22;

    private final ByteChannel connection;
    private final PageSink sink;
    private final PageInput input;
    private final PageOutput output;
    private final Set<PageTarget> opened = new HashSet<>();
    private PageTarget current;
    private PageTotals totals = PageTotals.NONE;

    /**
     * @param connection blocking stream socket to CRIU; closed by {@link #serve}
     * @param sink where the pages go; finished by {@link #serve}, closed by the caller
     */
    public PageServerEnd(ByteChannel connection, PageSink sink) {
        this(connection, sink, new PageInput(connection));
    }

    PageServerEnd(ByteChannel connection, PageSink sink, PageInput input) {
        this.connection = Objects.requireNonNull(connection);
        this.sink = Objects.requireNonNull(sink);
        this.input = Objects.requireNonNull(input);
        this.output = new PageOutput(connection);
    }

    /**
     * Receives until CRIU says that it has sent everything, finishes the sink and only then answers CRIU.
     *
     * @return what was received
     * @throws Failure {@link PageCode} when CRIU hangs up early or breaks the protocol, or the sink's own
     */
    public PageTotals serve() {
        try (connection) {
            while (accept(PageMessage.read(header()))) {
                // until CRIU closes
            }
            return totals;
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "reading criu's page connection failed: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private ByteBuffer header() throws IOException {
        ByteBuffer header = input.take(PageMessage.BYTES);
        if (header.remaining() < PageMessage.BYTES) {
            throw refusal("ended before all pages were sent");
        }
        return header;
    }

    /** Whether more is to come. */
    private boolean accept(PageMessage message) throws IOException {
        switch (message) {
            case PageMessage.Open(PageTarget target, boolean answer) -> open(target, answer);
            case PageMessage.AskParent ignored -> output.send(0);
            case PageMessage.Add(PageRun run) -> add(run);
            case PageMessage.Get _ -> throw refusal("asks for pages, which this end only receives");
            case PageMessage.Close ignored -> finish();
        }
        return !(message instanceof PageMessage.Close);
    }

    private void open(PageTarget target, boolean answer) throws IOException {
        if (opened.size() >= TARGETS_MAX || !opened.add(target)) {
            throw refusal("opens " + target + " a second time or too many of them");
        }
        sink.open(target);
        current = target;
        totals = totals.plusTarget();
        if (answer) {
            output.send(ByteBuffer.wrap(new byte[] {0}));
        }
    }

    private void add(PageRun run) throws IOException {
        if (!run.target().equals(current)) {
            throw refusal("sends pages of " + run.target() + " without opening it");
        }
        if (run.content().present()) {
            receive(run);
        } else {
            sink.hole(run);
        }
        totals = totals.plus(run);
    }

    private void receive(PageRun run) throws IOException {
        long done = 0;
        while (done < run.bytes()) {
            int piece = (int) Math.min(PageSink.DATA_BYTES_MAX, run.bytes() - done);
            ByteBuffer data = input.take(piece);
            if (data.remaining() < piece) {
                throw refusal("ended within the pages of " + run.target());
            }
            sink.pages(
                    new PageRun(run.target(), run.address() + done, piece / PageRun.PAGE_BYTES, run.content()), data);
            done += piece;
        }
    }

    /** A sink that fails now is reported to CRIU, so that the dump fails and the source lives on. */
    private void finish() throws IOException {
        try {
            sink.finish();
        } catch (Failure failure) {
            try {
                output.send(-1);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        output.send(0);
    }
}
