package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncedPagesTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(1);

    private final List<String> events = new ArrayList<>();
    private boolean refused;

    private final LazyPages pages = new LazyPages() {
        @Override
        public long lazyBytes() {
            return PageRun.PAGE_BYTES;
        }

        @Override
        public List<PageRun> lazy(ProcessMemory process) {
            return List.of(new PageRun(process, 0, 1, PageContent.PRESENT_LAZY));
        }

        @Override
        public void read(ProcessMemory process, long address, ByteBuffer target) {
            events.add("read " + address);
        }

        @Override
        public void close() {
            events.add("closed");
        }
    };

    private void announced() {
        if (refused) {
            throw new IllegalStateException("the disk is full");
        }
        events.add("announced");
    }

    @Test
    void theFirstReadIsAnnouncedAndOnlyThat() {
        try (AnnouncedPages announced = new AnnouncedPages(pages, this::announced)) {
            assertThat(announced.lazyBytes()).isEqualTo(PageRun.PAGE_BYTES);
            assertThat(announced.lazy(PROCESS)).hasSize(1);
            assertThat(events).isEmpty();
            announced.read(PROCESS, 0, ByteBuffer.allocate(0));
            announced.read(PROCESS, 4096, ByteBuffer.allocate(0));
        }

        assertThat(events).containsExactly("announced", "read 0", "read 4096");
    }

    @Test
    void nothingIsReadThatCantBeAnnounced() {
        refused = true;
        try (AnnouncedPages announced = new AnnouncedPages(pages, this::announced)) {
            assertThatThrownBy(() -> announced.read(PROCESS, 0, ByteBuffer.allocate(0)))
                    .hasMessage("the disk is full");
            refused = false;
            announced.read(PROCESS, 0, ByteBuffer.allocate(0));
        }

        assertThat(events).containsExactly("announced", "read 0");
    }
}
