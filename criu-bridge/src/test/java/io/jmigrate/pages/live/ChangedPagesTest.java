package io.jmigrate.pages.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.RecordingSink;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChangedPagesTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(7);
    private static final long ADDRESS = 0x7f0000200000L - 2 * PageRun.PAGE_BYTES; // across the border of two chunks

    private final RecordingSink sink = new RecordingSink();

    /** Pages that each consist of one of these bytes. */
    private static ByteBuffer pages(int... contents) {
        ByteBuffer data = ByteBuffer.allocate(contents.length * PageRun.PAGE_BYTES);
        for (int content : contents) {
            for (int i = 0; i < PageRun.PAGE_BYTES; i++) {
                data.put((byte) content);
            }
        }
        return data.flip();
    }

    private static void hand(ChangedPages round, PageTarget target, int... contents) {
        ByteBuffer data = pages(contents);
        round.pages(new PageRun(target, ADDRESS, contents.length, PageContent.PRESENT), data);
        assertThat(data.hasRemaining()).isFalse();
    }

    private static ChangedPages firstRound(int... contents) {
        ChangedPages first = ChangedPages.first(new RecordingSink());
        hand(first, PROCESS, contents);
        return first;
    }

    private static PageRun run(int from, int pages, PageContent content) {
        return new PageRun(PROCESS, ADDRESS + (long) from * PageRun.PAGE_BYTES, pages, content);
    }

    @Test
    void letsEverythingThroughInTheFirstRound() {
        ChangedPages first = ChangedPages.first(sink);

        hand(first, PROCESS, 1, 2, 3);

        assertThat(sink.runs()).containsExactly(run(0, 3, PageContent.PRESENT));
        assertThat(sink.bytes()).isEqualTo(pages(1, 2, 3).array());
        assertThat(first.changedBytes()).isEqualTo(3 * PageRun.PAGE_BYTES);
    }

    @Test
    void refersToTheParentWhereAPageIsTheSame() {
        ChangedPages next = firstRound(1, 2, 3, 4).next(sink);

        hand(next, PROCESS, 1, 2, 9, 4);

        assertThat(sink.runs())
                .containsExactly(
                        run(0, 2, PageContent.IN_PARENT),
                        run(2, 1, PageContent.PRESENT),
                        run(3, 1, PageContent.IN_PARENT));
        assertThat(sink.bytes()).isEqualTo(pages(9).array());
        assertThat(next.changedBytes()).isEqualTo(PageRun.PAGE_BYTES);
    }

    @Test
    void comparesWithTheRoundBeforeAlone() {
        ChangedPages second = firstRound(1, 2).next(new RecordingSink());
        hand(second, PROCESS, 1); // the second page had gone

        hand(second.next(sink), PROCESS, 1, 2);

        assertThat(sink.runs()).containsExactly(run(0, 1, PageContent.IN_PARENT), run(1, 1, PageContent.PRESENT));
    }

    @Test
    void doesNotMistakeOneProcessForAnother() {
        PageTarget other = new PageTarget.ProcessMemory(8);

        hand(firstRound(1).next(sink), other, 1);

        assertThat(sink.runs()).containsExactly(new PageRun(other, ADDRESS, 1, PageContent.PRESENT));
    }

    @Test
    void passesHolesOpeningsAndTheEndOn() {
        ChangedPages round = ChangedPages.first(sink);
        PageRun hole = run(0, 5, PageContent.ABSENT_LAZY);

        round.open(PROCESS);
        round.hole(hole);
        round.finish();

        assertThat(sink.opened()).containsExactly(PROCESS);
        assertThat(sink.runs()).containsExactly(hole);
        assertThat(sink.finished()).isTrue();
    }
}
