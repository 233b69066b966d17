package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.zstd.PageDecompressor;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that are compressed beside being handed over: what the other end has of them. */
@Timeout(60)
class OutgoingPagesTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final int PAGES = 1000;
    private static final int RUN_MAX = 256;
    private static final int RUNS = 400;

    private final LocalChannel[] link = LocalChannel.pair();
    private final Data in = link[1].data();
    private final PageDecompressor decompressor = new PageDecompressor();
    private final byte[] memory = new byte[PAGES * PAGE];
    private final Map<Long, byte[]> kept = new HashMap<>();

    @AfterEach
    void close() {
        decompressor.close();
    }

    /** Runs of any length and content, one over another, zeros, and the process that ends in between: the last of each counts. */
    @ParameterizedTest
    @EnumSource(Compress.class)
    void whatWentLastIsWhatIsThere(Compress how) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (OutgoingPages out = new OutgoingPages(link[0].data(), how, KeptPeer.withNothing())) {
            for (int i = 0; i < RUNS; i++) {
                change(random, out);
            }
            out.drain();
            link[0].data().send(new DataMessage.PagesEnd(0, true));
            assertThat(keep()).as("seed %d: messages", seed).isGreaterThan(RUNS / 2);
            for (int page = 0; page < PAGES; page++) {
                assertThat(ByteBuffer.wrap(kept.getOrDefault((long) page * PAGE, new byte[PAGE])))
                        .as("seed %d, page %d", seed, page)
                        .isEqualTo(ByteBuffer.wrap(memory, page * PAGE, PAGE));
            }
            switch (how) {
                case OFF -> assertThat(out.moved().compressed()).isZero();
                case ZSTD -> assertThat(out.moved().compressed()).isPositive();
                case AUTO -> {} // by how fast this machine is
            }
        }
    }

    private void change(Random random, OutgoingPages out) {
        int first = random.nextInt(PAGES);
        int pages = random.nextInt(1, Math.min(RUN_MAX, PAGES - first) + 1);
        PageRun run = new PageRun(PROCESS, (long) first * PAGE, pages, PageContent.PRESENT_LAZY);
        byte[] content = new byte[pages * PAGE];
        switch (random.nextInt(20)) {
            case 0 -> {
                out.ended(PROCESS);
                Arrays.fill(memory, (byte) 0);
                return;
            }
            case 1, 2 -> out.zeros(run);
            default -> {
                random.nextBytes(content);
                if (random.nextBoolean()) {
                    Arrays.fill(content, PAGE / 2, content.length, (byte) 7);
                }
                ByteBuffer mine =
                        ByteBuffer.allocateDirect(content.length).put(content).flip();
                out.pages(run, mine);
                mine.put(new byte[content.length]); // it is used again at once
            }
        }
        System.arraycopy(content, 0, memory, first * PAGE, content.length);
    }

    /** @return how many messages came */
    private int keep() {
        int count = 0;
        for (DataMessage next = in.receive(Patience.LIMIT);
                !(next instanceof DataMessage.PagesEnd);
                next = in.receive(Patience.LIMIT)) {
            count++;
            switch (next) {
                case DataMessage.Pages m -> keep(m.run(), m.data());
                case DataMessage.CompressedPages m ->
                    keep(m.run(), decompressor.decompress(m.data(), (int)
                            m.run().bytes()));
                case DataMessage.ZeroPages m ->
                    keep(m.run(), ByteBuffer.allocate((int) m.run().bytes()));
                case DataMessage.KnownPages m -> keep(m.run(), same(m.same()));
                case DataMessage.ProcessEnded _ -> kept.clear();
                default -> throw new AssertionError(next);
            }
        }
        return count;
    }

    private ByteBuffer same(PageRun run) {
        ByteBuffer content = ByteBuffer.allocate((int) run.bytes());
        for (long at = run.address(); at < run.end(); at += PAGE) {
            content.put(kept.get(at));
        }
        return content.flip();
    }

    private void keep(PageRun run, ByteBuffer content) {
        for (long at = run.address(); at < run.end(); at += PAGE) {
            byte[] page = new byte[PAGE];
            content.get(page);
            kept.put(at, page);
        }
    }

    @Test
    void whoHandsOverIsToldThatTheLinkIsLost() {
        link[0].close();
        try (OutgoingPages out = new OutgoingPages(link[0].data(), Compress.ZSTD, KeptPeer.withNothing())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < RUNS; i++) {
                            change(new Random(i), out);
                        }
                        out.drain();
                    })
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(MigrationCode.PEER_UNREACHABLE));
            assertThatThrownBy(out::drain).isInstanceOf(Failure.class);
        }
    }
}
