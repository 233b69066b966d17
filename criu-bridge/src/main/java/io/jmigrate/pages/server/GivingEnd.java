package io.jmigrate.pages.server;

import static io.jmigrate.pages.server.PageMessage.refusal;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.util.Optional;

/** The giving end of the connection by which a {@code criu lazy-pages} fetches memory (criu/page-xfer.c, page_server_get_pages). */
final class GivingEnd {
    private static final int INPUT_BYTES = 4096;

    /** No request of CRIU's is for so many. One before 4.2, whose messages are shorter, seems to ask for as many as its address says. */
    private static final long PAGES_MAX = 1 << 16;

    private final LazyPages pages;
    private final GivenPages given;
    private final Runnable claim;
    private final PageInput input;
    private final PageOutput output;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(PageMessage.BYTES + PageSink.DATA_BYTES_MAX);

    /**
     * @param connection blocking; closed by the caller
     * @param claim called before anything sensible is answered; may throw what ends the conversation
     */
    GivingEnd(ByteChannel connection, LazyPages pages, GivenPages given, Runnable claim) {
        this.pages = pages;
        this.given = given;
        this.claim = claim;
        this.input = new PageInput(connection, INPUT_BYTES);
        this.output = new PageOutput(connection);
    }

    /**
     * Answers until there are no more questions.
     *
     * @return whether the client has said that it is done, and not just gone
     * @throws io.jmigrate.runtime.failure.Failure PAGES_PROTOCOL if it says what can't be, PAGES_IO if memory can't be read
     * @throws IOException if the connection fails
     */
    boolean serve() throws IOException {
        for (Optional<PageMessage> message = next(); message.isPresent(); message = next()) {
            switch (message.get()) {
                case PageMessage.Get(PageRun run) -> {
                    PageRun there = given.available(run);
                    claim.run();
                    give(there);
                }
                case PageMessage.Close _ -> {
                    claim.run();
                    answerClose();
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<PageMessage> next() throws IOException {
        ByteBuffer message = ByteBuffer.allocate(PageMessage.BYTES);
        message.put(input.take(PageMessage.BYTES / 2));
        if (message.position() == 0) {
            return Optional.empty();
        }
        if (message.order(ByteOrder.nativeOrder()).getLong(Long.BYTES) > PAGES_MAX) {
            throw refusal("is not that of a CRIU from 4.2 on");
        }
        message.put(input.take(PageMessage.BYTES / 2));
        if (message.hasRemaining()) {
            throw refusal("ended within a question");
        }
        return Optional.of(PageMessage.read(message.flip()));
    }

    private void give(PageRun run) throws IOException {
        PageMessage.putAnswer(run, answer.clear());
        for (long done = 0; done < run.bytes(); ) {
            int piece = (int) Math.min(PageSink.DATA_BYTES_MAX, run.bytes() - done);
            pages.read((ProcessMemory) run.target(), run.address() + done, answer.slice(answer.position(), piece));
            output.send(answer.position(answer.position() + piece).flip());
            answer.clear();
            done += piece;
        }
        given.note(run);
    }

    /** The client only looks whether there is an answer. */
    private void answerClose() throws IOException {
        output.send(given.suffices() ? 0 : -1);
    }
}
