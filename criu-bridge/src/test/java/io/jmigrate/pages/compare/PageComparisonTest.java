package io.jmigrate.pages.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.arrival.ArrivedMemory;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.ArrivingSegments;
import io.jmigrate.pages.arrival.LazyImages;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageComparisonTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(7);
    private static final int PAGES = 700;
    private static final PageRun ALL = new PageRun(PROCESS, 0x7f0000123000L, PAGES, PageContent.PRESENT_LAZY);
    private static final long SEED = 4711;

    @TempDir
    Path directory;

    private final byte[] content = new byte[(int) ALL.bytes()];
    private ArrivingPages arriving;
    private ArrivedMemory arrived;
    private PageComparison comparison;

    /** All comes twice. The second half is zeros in the end. */
    @BeforeEach
    void arrive() throws IOException {
        byte[] random = new byte[PAGES / 2 * PageRun.PAGE_BYTES];
        new Random(1).nextBytes(random);
        System.arraycopy(random, 0, content, 0, random.length);
        arriving = ArrivingPages.create(directory.resolve("memory"), PAGES);
        put(new byte[content.length]);
        put(content);
        LazyImages.write(directory, PROCESS, ALL);
        arrived = new ArrivedMemory(directory, arriving, new ArrivingSegments(directory, 0, arriving.account()));
        comparison = new PageComparison(arrived);
    }

    private void put(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += PageSink.DATA_BYTES_MAX) {
            int length = Math.min(PageSink.DATA_BYTES_MAX, bytes.length - at);
            arriving.put(ALL.part(ALL.address() + at, length), ByteBuffer.wrap(bytes, at, length));
        }
    }

    @AfterEach
    void close() {
        arrived.close();
        arriving.close();
    }

    private static PageRun page(int number) {
        return ALL.part(ALL.address() + (long) number * PageRun.PAGE_BYTES, PageRun.PAGE_BYTES);
    }

    private ByteBuffer words() {
        PageRounds rounds = new PageRounds();
        rounds.note(ALL, 1);
        rounds.note(page(12), 3);
        rounds.note(page(13), 1000);
        return ByteBuffer.wrap(rounds.words(ALL, ByteBuffer.wrap(content), new PageDigests(SEED)));
    }

    @Test
    void findsNothingInWhatIsTheSame() {
        comparison.take(ALL, SEED, words());
        comparison.requireSame();
        assertThat(comparison.pages()).isEqualTo(PAGES);
    }

    @Test
    void findsEachPageThatWasWrittenUnnoticed() {
        content[12 * PageRun.PAGE_BYTES + 4095]++;
        content[13 * PageRun.PAGE_BYTES]++;
        content[(PAGES - 1) * PageRun.PAGE_BYTES + 1]++;
        comparison.take(ALL, SEED, words());

        assertThatThrownBy(comparison::requireSame)
                .hasMessage("3 of 700 pages that have arrived differ from the source's: 3 of process 7")
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(PageCode.PAGES_DIFFER);
                    assertThat(failure.details())
                            .containsExactly(
                                    "process 7 at 0x7f000012f000, sent last in round 3",
                                    "process 7 at 0x7f0000130000, sent last in round 255",
                                    "process 7 at 0x7f00003de000, sent last in round 1");
                });
    }

    @Test
    void findsDamageToTheStore() throws IOException {
        try (FileChannel file = FileChannel.open(directory.resolve("memory"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0x123000);
        }
        comparison.take(ALL, SEED, words());
        assertThatThrownBy(comparison::requireSame).hasMessageStartingWith("1 of 700 pages");
    }

    @Test
    void namesNoMoreThanAFew() {
        for (int page = 0; page < 100; page++) {
            content[page * PageRun.PAGE_BYTES]++;
        }
        comparison.take(ALL, SEED, words());
        assertThatThrownBy(comparison::requireSame)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.details()).hasSize(20))
                .hasMessageStartingWith("100 of 700 pages");
    }

    @Test
    void insistsOnAll() {
        PageRun most = ALL.part(ALL.address(), ALL.bytes() - PageRun.PAGE_BYTES);
        comparison.take(most, SEED, words());
        assertThatThrownBy(comparison::requireSame).hasMessage("not all memory was compared");
    }

    @Test
    void comparesNoMoreThanThereIs() {
        comparison.take(ALL, SEED, words());
        assertThatThrownBy(() -> comparison.take(page(0), SEED, words())).hasMessageContaining("than there is");
        PageRun other = new PageRun(new ProcessMemory(8), 4096, 1, PageContent.PRESENT_LAZY);
        assertThatThrownBy(() -> new PageComparison(arrived).take(other, SEED, words()))
                .hasMessageContaining("no memory of process 8");
    }
}
