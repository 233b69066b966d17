package io.jmigrate.pages.server;

import static io.jmigrate.pages.server.CriuSide.ADD_F;
import static io.jmigrate.pages.server.CriuSide.CLOSE;
import static io.jmigrate.pages.server.CriuSide.FORCE_CLOSE;
import static io.jmigrate.pages.server.CriuSide.GET;
import static io.jmigrate.pages.server.CriuSide.OPEN;
import static io.jmigrate.pages.server.CriuSide.OPEN2;
import static io.jmigrate.pages.server.CriuSide.PARENT;
import static io.jmigrate.pages.server.CriuSide.process;
import static io.jmigrate.pages.server.CriuSide.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTotals;
import io.jmigrate.pages.RecordingSink;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PageServerEndTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final PageTarget INIT = new PageTarget.ProcessMemory(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RecordingSink sink = new RecordingSink();
    private CriuSide criu;

    @BeforeEach
    void connect() throws IOException {
        criu = CriuSide.connect();
    }

    @AfterEach
    void disconnect() throws IOException {
        criu.close();
        threads.shutdown();
    }

    @Test
    void handsPagesOnAndAnswersOnlyAfterTheSinkHasFinished() throws Exception {
        byte[] memory = random(3 * PAGE);
        Future<PageTotals> totals = threads.submit(server(sink));
        criu.command(OPEN2, 0, 0, 0, process(1));
        assertThat(criu.answer(1)).containsExactly(0);
        criu.command(ADD_F, 6, 3, 0x7000_0000_0000L, process(1)).raw(memory);
        criu.command(ADD_F, 2, 1L << 30, 0x7000_1000_0000L, process(1));
        criu.command(CLOSE, 0, 0, 0, 0);

        assertThat(criu.answerInt()).isZero();
        assertThat(totals.get()).isEqualTo(new PageTotals(1, 3, 1L << 30));
        assertThat(sink.finished()).isTrue();
        assertThat(sink.bytes()).isEqualTo(memory);
        assertThat(sink.runs())
                .containsExactly(
                        new PageRun(INIT, 0x7000_0000_0000L, 3, PageContent.PRESENT_LAZY),
                        new PageRun(INIT, 0x7000_1000_0000L, 1L << 30, PageContent.ABSENT_LAZY));
    }

    @Test
    void splitsLongRunsIntoPiecesOfAtMostAMebibyte() throws Exception {
        byte[] memory = random((5 << 20) + PAGE);
        Future<PageTotals> totals = threads.submit(server(sink));
        criu.command(OPEN, 0, 0, 0, shared(77));
        criu.command(ADD_F, 4, memory.length / PAGE, 0x1000, shared(77)).raw(memory);
        criu.command(FORCE_CLOSE, 0, 0, 0, 0);

        assertThat(criu.answerInt()).isZero();
        assertThat(totals.get().pages()).isEqualTo(memory.length / PAGE);
        assertThat(sink.bytes()).isEqualTo(memory);
        assertThat(sink.opened()).containsExactly(new PageTarget.SharedMemory(77));
        assertThat(sink.runs())
                .extracting(PageRun::bytes)
                .containsExactly(1L << 20, 1L << 20, 1L << 20, 1L << 20, 1L << 20, (long) PAGE);
        assertThat(sink.runs().get(5).address()).isEqualTo(0x1000 + (5L << 20));
    }

    @Test
    void knowsTheCommandsOfOlderSenders() throws Exception {
        Future<PageTotals> totals = threads.submit(server(sink));
        criu.command(OPEN, 0, 0, 0, process(1));
        criu.command(1, 0, 1, 0x1000, process(1)).raw(random(PAGE));
        criu.command(2, 0, 7, 0x2000, process(1));
        criu.command(CLOSE, 0, 0, 0, 0);

        assertThat(totals.get()).isEqualTo(new PageTotals(1, 1, 7));
        assertThat(sink.runs())
                .extracting(PageRun::content)
                .containsExactly(PageContent.PRESENT, PageContent.IN_PARENT);
    }

    @Test
    void saysThatThereIsNoParent() throws Exception {
        Future<PageTotals> totals = threads.submit(server(sink));
        criu.command(PARENT, 0, 0, 0, process(1));
        assertThat(criu.answerInt()).isZero();
        criu.command(CLOSE, 0, 0, 0, 0);
        assertThat(totals.get()).isEqualTo(PageTotals.NONE);
    }

    @Test
    void answersWithAFailureWhenTheSinkCannotFinish() throws Exception {
        Failure full = Failure.of(PageCode.PAGES_NO_SPACE, "no space is left");
        Future<PageTotals> totals = threads.submit(server(new FailingSink(full, false)));
        criu.command(CLOSE, 0, 0, 0, 0);
        assertThat(criu.answerInt()).isEqualTo(-1);
        assertThatThrownBy(totals::get).hasCause(full);
    }

    @Test
    void hangsUpWhenTheSinkFailsInBetween() throws Exception {
        Failure full = Failure.of(PageCode.PAGES_NO_SPACE, "no space is left");
        Future<PageTotals> totals = threads.submit(server(new FailingSink(full, true)));
        criu.command(OPEN2, 0, 0, 0, process(1));
        assertThat(criu.answer(1)).isEmpty();
        assertThatThrownBy(totals::get).hasCause(full);
    }

    @Test
    void failsWhenTheConnectionEndsTooEarly() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).hangUp();
        assertFails("criu's page connection ended before all pages were sent");
    }

    @Test
    void failsWhenTheConnectionEndsWithinAHeader() throws Exception {
        criu.raw(new byte[31]).hangUp();
        assertFails("criu's page connection ended before all pages were sent");
    }

    @Test
    void failsWhenTheConnectionEndsWithinPages() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1));
        criu.command(ADD_F, 4, 1L << 40, 0x1000, process(1)).raw(new byte[PAGE]).hangUp();
        assertFails("criu's page connection ended within the pages of process 1");
    }

    @Test
    void refusesUnknownCommands() throws Exception {
        criu.command(99, 0, 0, 0, process(1));
        assertFails("criu's page connection sent the unknown command 0x63");
    }

    @Test
    void refusesToGivePages() throws Exception {
        criu.command(GET, 0, 1, 0x1000, 1);
        assertFails("criu's page connection asks for pages, which this end only receives");
    }

    @Test
    void refusesUnknownFlags() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).command(ADD_F, 0x40, 1, 0x1000, process(1));
        assertFails("criu's page connection sent pages with the unknown flags 0x40");
    }

    @Test
    void refusesUnknownKindsOfMemory() throws Exception {
        criu.command(OPEN, 0, 0, 0, 0x109);
        assertFails("criu's page connection names an unknown kind of memory: 0x109");
    }

    @Test
    void refusesPagesOfATargetThatIsNotOpen() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).command(ADD_F, 4, 1, 0x1000, process(2));
        assertFails("criu's page connection sends pages of process 2 without opening it");
    }

    @Test
    void refusesToOpenATargetTwice() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).command(OPEN, 0, 0, 0, process(1));
        assertFails("criu's page connection opens process 1 a second time or too many of them");
    }

    @Test
    void refusesImpossibleRanges() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).command(ADD_F, 2, -1, 0x1000, process(1));
        assertFails(
                "criu's page connection sent an impossible range of pages for process 1: page count out of range: -1");
    }

    @Test
    void refusesAddressesWithinAPage() throws Exception {
        criu.command(OPEN, 0, 0, 0, process(1)).command(ADD_F, 4, 1, 0x1001, process(1));
        assertFails(
                "criu's page connection sent an impossible range of pages for process 1: not the address of a page: 0x1001");
    }

    private void assertFails(String sentence) {
        assertThatThrownBy(() -> new PageServerEnd(criu.peer(), sink).serve())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_PROTOCOL))
                .hasMessage(sentence);
        assertThat(criu.peer().isOpen()).isFalse();
        assertThat(sink.finished()).isFalse();
    }

    private Callable<PageTotals> server(PageSink target) {
        return () -> new PageServerEnd(criu.peer(), target).serve();
    }

    private static byte[] random(int bytes) {
        byte[] memory = new byte[bytes];
        new Random(bytes).nextBytes(memory);
        return memory;
    }

    private record FailingSink(Failure failure, boolean atOnce) implements PageSink {
        @Override
        public void open(PageTarget target) {
            if (atOnce) {
                throw failure;
            }
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {}

        @Override
        public void hole(PageRun run) {}

        @Override
        public void finish() {
            throw failure;
        }

        @Override
        public void close() {}
    }
}
