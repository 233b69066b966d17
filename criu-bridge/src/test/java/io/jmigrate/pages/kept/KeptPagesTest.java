package io.jmigrate.pages.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPagesTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);
    private static final byte[] SECRET = PageNames.secret();

    @TempDir
    private Path directory;

    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private int lateAfter = Integer.MAX_VALUE;

    private static byte[] page(int seed) {
        byte[] page = new byte[PAGE];
        new Random(seed).nextBytes(page);
        return page;
    }

    private Path content() {
        return directory.resolve("pages");
    }

    private Path names() {
        return directory.resolve("names");
    }

    /** @param seeds of pages that follow each other; 0: one of zeros */
    private long keep(LongPredicate room, int... seeds) {
        try (Fd content = Descriptors.open(content(), 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE);
                Fd names = Descriptors.open(names(), 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE)) {
            KeptWriter writer = new KeptWriter(
                    content, names, new PageNames(SECRET), room, () -> looks.getAndIncrement() >= lateAfter);
            for (int from = 0; from < seeds.length; from += 3) {
                int count = Math.min(3, seeds.length - from);
                ByteBuffer data = ByteBuffer.allocateDirect(count * PAGE);
                for (int page = 0; page < count; page++) {
                    data.put(seeds[from + page] == 0 ? new byte[PAGE] : page(seeds[from + page]));
                }
                writer.pages(new PageRun(PROCESS, (long) from * PAGE, count, PageContent.PRESENT), data.flip());
                assertThat(data.hasRemaining()).isFalse();
            }
            return writer.finish();
        }
    }

    private KeptPages open(long pages) {
        return new KeptPages(
                Descriptors.open(content()), Descriptors.open(names()), SECRET, pages, forgotten::incrementAndGet);
    }

    private static byte[] bytes(ByteBuffer read) {
        byte[] bytes = new byte[read.remaining()];
        read.get(bytes);
        return bytes;
    }

    @Test
    void areReadAsTheyWereWithoutThoseOfZeros() throws IOException {
        long pages = keep(_ -> true, 1, 0, 2, 3, 0, 0, 4);

        assertThat(pages).isEqualTo(4);
        assertThat(Files.size(content())).isEqualTo(4L * PAGE);
        try (KeptPages kept = open(pages)) {
            assertThat(bytes(kept.read(1, 2))).startsWith(page(2)).endsWith(page(3));
            assertThat(bytes(kept.read(3, 1))).isEqualTo(page(4));
        }
        assertThat(forgotten).hasValue(0);
    }

    @Test
    void areNamedSoThatAPeerFindsThem() {
        long pages = keep(_ -> true, 1, 2, 3, 4);
        KeptTable table = KeptTable.of(pages);
        try (KeptPages kept = open(pages)) {
            kept.names(names -> table.add(ByteBuffer.wrap(names)));
        }
        KeptPeer peer = new KeptPeer(new PageNames(SECRET), table);

        assertThat(table.missing()).isZero();
        assertThat(peer.find(peer.names().of(ByteBuffer.wrap(page(3))), -1)).hasValue(2);
        assertThat(peer.find(peer.names().of(ByteBuffer.wrap(page(5))), -1)).isEmpty();
        PageName ofAnotherSecret = PageNames.fresh().of(ByteBuffer.wrap(page(3)));
        assertThat(peer.find(ofAnotherSecret, -1)).isEmpty();
    }

    @Test
    void ofWhichOneIsDamagedAreRefusedAndForgotten() throws IOException {
        long pages = keep(_ -> true, 1, 2, 3);
        flip(content(), PAGE + 7);
        try (KeptPages kept = open(pages)) {
            assertThat(bytes(kept.read(0, 1))).isEqualTo(page(1));
            assertThatThrownBy(() -> kept.read(0, 3)).hasMessageContaining("is damaged");
        }
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void whoseNameIsDamagedOrWhichAreCutOffAreRefused() throws IOException {
        long pages = keep(_ -> true, 1, 2, 3);
        flip(names(), PageName.BYTES);
        try (RandomAccessFile file = new RandomAccessFile(content().toFile(), "rw")) {
            file.setLength(2L * PAGE);
        }
        try (KeptPages kept = open(pages)) {
            assertThatThrownBy(() -> kept.read(1, 1)).hasMessageContaining("is damaged");
            assertThatThrownBy(() -> kept.read(2, 1)).hasMessageContaining("is damaged");
        }
        assertThat(forgotten).hasValue(2);
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 1);
        }
    }

    @Test
    void thatDoNotExistAreRefused() {
        long pages = keep(_ -> true, 1, 2);
        try (KeptPages kept = open(pages)) {
            for (long[] run : new long[][] {{2, 1}, {1, 2}, {-1, 1}, {0, 0}, {0, 257}, {Long.MAX_VALUE, 1}}) {
                assertThatThrownBy(() -> kept.read(run[0], run[1]))
                        .as("%d of %d", run[1], run[0])
                        .hasMessageContaining("that were not");
            }
        }
        assertThat(forgotten).as("a peer's mistake is no damage").hasValue(0);
    }

    @Test
    void areTheFirstOnesIfThereIsNoRoomForAll() {
        int[] seeds = new int[5000];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = i + 1;
        }
        long pages = keep(bytes -> bytes < 20 << 20, seeds);
        assertThat(pages).isBetween(4000L, 4999L);
        try (KeptPages kept = open(pages)) {
            assertThat(bytes(kept.read(pages - 1, 1))).isEqualTo(page((int) pages));
        }
    }

    @Test
    void areNotKeptOnAFullDisk() {
        try (Fd full = Descriptors.open(Path.of("/dev/full"), OpenFlag.READ_WRITE)) {
            KeptWriter writer = new KeptWriter(full, full, new PageNames(SECRET), _ -> true, () -> false);
            PageRun run = new PageRun(PROCESS, 0, 1, PageContent.PRESENT);
            ByteBuffer data = ByteBuffer.wrap(page(1));
            assertThatThrownBy(() -> writer.pages(run, data))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_NO_SPACE))
                    .hasMessageContaining("nothing is kept of the container's memory");
        }
    }

    @Test
    void areTheFirstOnesIfThereIsNoTimeForAll() {
        lateAfter = 2;
        assertThat(keep(_ -> true, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(6);
    }
}
