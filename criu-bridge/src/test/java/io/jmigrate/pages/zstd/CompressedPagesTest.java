package io.jmigrate.pages.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CompressedPagesTest {
    private static final int PAGE = PageRun.PAGE_BYTES;

    private static ByteBuffer pages(int count, int values, long seed) {
        Random random = new Random(seed);
        byte[] content = new byte[count * PAGE];
        for (int at = 0; at < content.length; at++) {
            content[at] = (byte) random.nextInt(values);
        }
        return ByteBuffer.allocateDirect(content.length).put(content).flip();
    }

    @Property(tries = 15)
    void pagesAreTheSameAgain(
            @ForAll @IntRange(min = 1, max = 64) int count,
            @ForAll @IntRange(min = 1, max = 100) int values,
            @ForAll long seed) {
        ByteBuffer pages = pages(count, values, seed);
        try (PageCompressor compressor = new PageCompressor();
                PageDecompressor decompressor = new PageDecompressor()) {
            ByteBuffer smaller = compressor.compress(pages).orElseThrow();
            assertThat(smaller.remaining()).isLessThan(pages.remaining());
            assertThat(decompressor.decompress(smaller, count * PAGE)).isEqualTo(pages);
        }
    }

    @Test
    void whatHardlyGetsSmallerIsLeftAsItIs() {
        try (PageCompressor compressor = new PageCompressor()) {
            assertThat(compressor.compress(pages(16, 256, 1))).isEqualTo(Optional.empty());
        }
    }

    @Property(tries = 1000)
    void anyBytesAreRefused(@ForAll @Size(max = 300) byte[] content, @ForAll @IntRange(min = 1, max = 256) int count) {
        try (PageDecompressor decompressor = new PageDecompressor()) {
            assertRefused(decompressor, ByteBuffer.wrap(content), count * PAGE);
        }
    }

    /** A bomb: a few bytes that would be far more than they are said to be. */
    @Test
    void moreOrFewerPagesThanAnnouncedAreRefused() {
        ByteBuffer bomb = ByteBuffer.wrap(Zstd.compress(new byte[64 << 20]));
        ByteBuffer two = ByteBuffer.wrap(Zstd.compress(new byte[2 * PAGE]));
        try (PageDecompressor decompressor = new PageDecompressor()) {
            assertRefused(decompressor, bomb, 256 * PAGE);
            assertRefused(decompressor, two, PAGE);
            assertRefused(decompressor, two, 3 * PAGE);
            assertThat(decompressor.decompress(two, 2 * PAGE)).isEqualTo(ByteBuffer.allocate(2 * PAGE));
        }
    }

    private static void assertRefused(PageDecompressor decompressor, ByteBuffer content, int bytes) {
        assertThatThrownBy(() -> decompressor.decompress(content, bytes))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(PageCode.PAGES_PROTOCOL));
    }
}
