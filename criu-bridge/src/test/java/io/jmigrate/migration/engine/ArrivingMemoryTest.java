package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.ArrivingSegments;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingMemoryTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);

    @TempDir
    Path directory;

    private ArrivingPages kept;
    private ArrivingMemory memory;

    @BeforeEach
    void begin() {
        kept = ArrivingPages.create(directory.resolve("memory"), 1000);
        memory = new ArrivingMemory(
                kept, new ArrivingSegments(directory, 10, kept.account()), Optional.empty(), 10, true);
    }

    @AfterEach
    void end() {
        memory.close();
        kept.close();
    }

    private void sendPage() {
        memory.pages(
                new PageRun(PROCESS, 0x1000, 1, PageContent.PRESENT_LAZY), ByteBuffer.allocate(PageRun.PAGE_BYTES));
    }

    private static void assertRefused(ThrowingCallable act) {
        assertThatThrownBy(act).hasMessageContaining("the peer broke the protocol");
    }

    @Test
    void isCompleteAfterTheLastRound() {
        sendPage();
        memory.end(1, false);
        assertRefused(memory::requireComplete);
        sendPage();
        memory.end(1, true);
        memory.requireComplete();

        assertThat(kept.pages()).isEqualTo(1);
    }

    @Test
    void keepsForPagesWhatHasComeForOthers() {
        sendPage();
        PageRun first = new PageRun(PROCESS, 0x1000, 1, PageContent.PRESENT_LAZY);
        PageRun second = new PageRun(new PageTarget.ProcessMemory(7), 0x5000, 1, PageContent.PRESENT_LAZY);
        memory.known(second, first);
        memory.end(2, true);

        assertThat(kept.pages()).isEqualTo(2);
    }

    @Test
    void refusesPagesThatAreTheSameAsOthersThatHaveNotCome() {
        sendPage();
        PageRun missing = new PageRun(PROCESS, 0x1000, 2, PageContent.PRESENT_LAZY);
        assertThatThrownBy(() -> memory.known(missing, missing)).hasMessageContaining("that have not come");
    }

    @Test
    void countsZerosAsPages() {
        memory.zeros(new PageRun(PROCESS, 0x1000, 7, PageContent.PRESENT_LAZY));
        memory.end(7, true);

        assertThat(kept.pages()).isEqualTo(7);
    }

    @Test
    void refusesAnEndThatAnnouncedMorePages() {
        sendPage();
        assertRefused(() -> memory.end(2, false));
    }

    @Test
    void refusesARoundOfFarMoreThanWasAnnounced() {
        assertRefused(() -> memory.zeros(new PageRun(PROCESS, 0x1000, 11, PageContent.PRESENT_LAZY)));
        assertRefused(() -> memory.zeros(new PageRun(PROCESS, 0x1000, 1L << 40, PageContent.PRESENT_LAZY)));
    }

    @Test
    void refusesWhatComesAfterTheLast() {
        memory.end(0, true);
        assertRefused(this::sendPage);
        assertRefused(() -> memory.end(0, true));
    }
}
