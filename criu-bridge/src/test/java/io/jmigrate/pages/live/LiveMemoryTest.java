package io.jmigrate.pages.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.RecordingSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads this process. */
class LiveMemoryTest {
    private static final int PID = (int) ProcessHandle.current().pid();

    /** Looks for one page among all. */
    private static final class Search implements PageSink {
        private final byte[] wanted;
        private final List<PageTarget> opened = new ArrayList<>();
        private long end;
        private boolean ascending = true;
        private boolean found;

        Search(byte[] wanted) {
            this.wanted = wanted;
        }

        @Override
        public void open(PageTarget target) {
            opened.add(target);
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            ascending &= run.address() >= end && run.bytes() == data.remaining();
            end = run.end();
            for (int at = 0; at < run.bytes(); at += PageRun.PAGE_BYTES) {
                found |= data.slice(at, PageRun.PAGE_BYTES).equals(ByteBuffer.wrap(wanted));
            }
        }

        @Override
        public void hole(PageRun run) {
            throw new AssertionError("a hole in live memory: " + run);
        }

        @Override
        public void finish() {
            throw new AssertionError("finished by the reader");
        }

        @Override
        public void close() {
            throw new AssertionError("closed by the reader");
        }
    }

    @Test
    void findsWhatTheProcessHasWritten() {
        byte[] page = new byte[PageRun.PAGE_BYTES];
        new Random(1).nextBytes(page);
        ByteBuffer written = ByteBuffer.allocateDirect(2 * PageRun.PAGE_BYTES).alignedSlice(PageRun.PAGE_BYTES);
        written.put(page);
        Search search = new Search(page);

        new LiveMemory().read(List.of(PID), search);

        assertThat(search.opened).hasSize(1);
        assertThat(search.ascending).isTrue();
        assertThat(search.found).isTrue();
        assertThat(written.get(0)).as("still referenced").isEqualTo(page[0]);
    }

    @Test
    void leavesOutAProcessThatHasGone() {
        RecordingSink sink = new RecordingSink();

        assertThatCode(() -> new LiveMemory().read(List.of(Integer.MAX_VALUE), sink))
                .doesNotThrowAnyException();

        assertThat(sink.opened()).isEmpty();
    }

    @Test
    void leavesOutProcessesThatEndMeanwhile() throws Exception {
        for (int i = 0; i < 40; i++) {
            Process brief = new ProcessBuilder("/bin/true").start();
            int pid = (int) brief.pid();
            while (brief.isAlive()) {
                assertThatCode(() -> new LiveMemory().read(List.of(pid), new RecordingSink()))
                        .doesNotThrowAnyException();
            }
            brief.waitFor();
        }
    }
}
