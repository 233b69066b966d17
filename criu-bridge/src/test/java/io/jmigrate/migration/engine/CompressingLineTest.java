package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompressingLineTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);
    private static final int BATCHES = 60;

    private final List<Long> sent = new ArrayList<>();

    /** A batch of few pages or many, which take their time. */
    private static PageBatch filled(PageBatch batch, int number, Random random) {
        int pages = random.nextInt(1, 200);
        ByteBuffer content = ByteBuffer.allocateDirect(pages * PageRun.PAGE_BYTES);
        batch.add(new DataMessage.PagesEnd(number, false));
        batch.add(new PageRun(PROCESS, 0, pages, PageContent.PRESENT_LAZY), content);
        return batch;
    }

    private void note(PageBatch batch) {
        if (batch.entries().getFirst() instanceof PageBatch.Message(DataMessage.PagesEnd(long number, boolean _))) {
            sent.add(number);
        }
    }

    @Test
    void batchesGoInTheOrderInWhichTheyWereFilled() {
        Random random = new Random();
        try (CompressingLine line = new CompressingLine(3, this::note)) {
            for (int i = 0; i < BATCHES; i++) {
                line.put(filled(line.empty(), i, random));
            }
            line.drain();
            assertThat(sent)
                    .containsExactlyElementsOf(
                            IntStream.range(0, BATCHES).mapToObj(i -> (long) i).toList());
        }
    }

    @Test
    void othersAreFilledAndCompressedWhileOneIsSent() {
        CountDownLatch filled = new CountDownLatch(2);
        try (CompressingLine line = new CompressingLine(1, _ -> awaited(filled))) {
            for (int i = 0; i < 2; i++) {
                line.put(filled(line.empty(), i, new Random()));
                filled.countDown();
            }
            line.drain();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterAFailureNothingMoreIsSent() {
        try (CompressingLine line = new CompressingLine(1, batch -> {
            note(batch);
            throw new IllegalArgumentException("broken");
        })) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < BATCHES; i++) {
                            line.put(filled(line.empty(), i, new Random()));
                        }
                    })
                    .hasMessage("broken");
            assertThatThrownBy(line::drain).hasMessage("broken");
            assertThat(sent).containsExactly(0L);
        }
    }

    /** As when a migration ends for another reason. */
    @Test
    void isClosedWhileABatchWaitsToBeSent() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        List<Failure> told = new ArrayList<>();
        CompressingLine line = new CompressingLine(1, _ -> {
            try {
                waits.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                told.add(Failure.of(MigrationCode.CANCELLED, "closed"));
                throw told.getFirst();
            }
        });
        line.put(filled(line.empty(), 1, new Random()));
        line.put(filled(line.empty(), 2, new Random()));
        waits.await();
        line.close();
        assertThat(told).hasSize(1);
    }
}
