package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingMemoryTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);

    @TempDir
    Path images;

    private static void sendPage(ArrivingMemory memory) {
        memory.open(PROCESS);
        memory.pages(new PageRun(PROCESS, 0x1000, 1, PageContent.PRESENT), new byte[PageRun.PAGE_BYTES]);
    }

    private static void assertRefused(ThrowingCallable act) {
        assertThatThrownBy(act).hasMessageContaining("the peer broke the protocol");
    }

    @Test
    void keepsARoundApartFromWhatComesLast() {
        try (ArrivingMemory memory = new ArrivingMemory(images, 100)) {
            memory.beginRound();
            sendPage(memory);
            assertThat(memory.end(1)).isTrue();
            assertRefused(memory::requireComplete);
            sendPage(memory);
            assertThat(memory.end(1)).isFalse();
            memory.requireComplete();
        }

        assertThat(images.resolve("parent/pagemap-1.img")).exists();
        assertThat(images.resolve("pagemap-1.img")).exists();
    }

    @Test
    void refusesAnEndThatAnnouncedMorePages() {
        try (ArrivingMemory memory = new ArrivingMemory(images, 100)) {
            sendPage(memory);
            assertRefused(() -> memory.end(2));
        }
    }

    @Test
    void refusesARoundWithinARound() {
        try (ArrivingMemory memory = new ArrivingMemory(images, 100)) {
            memory.beginRound();
            assertRefused(memory::beginRound);
        }
    }

    @Test
    void refusesWhatComesAfterTheLast() {
        try (ArrivingMemory memory = new ArrivingMemory(images, 100)) {
            sendPage(memory);
            memory.end(1);
            assertRefused(memory::beginRound);
            assertRefused(() -> memory.open(new PageTarget.ProcessMemory(2)));
        }
    }
}
