package io.jmigrate.pages.live;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * What pages contained in one round, as hashes of 128 bits with a seed that nobody knows: 16 bytes of memory for a page of 4096.
 * They say whether the same page of the same process is still the same, nothing more, so a fast hash will do (XXH3).
 */
final class PageHashes {
    private static final int PAGES_A_CHUNK = 512;
    private static final long CHUNK_BYTES = (long) PAGES_A_CHUNK * PageRun.PAGE_BYTES;
    private static final Hasher128 HASHER = Hashing.xxh3_128(new SecureRandom().nextLong());

    private final Map<PageTarget, Map<Long, long[]>> chunks = new HashMap<>();

    /** A page's content in short. */
    record Content(long high, long low) {}

    static Content contentOf(byte[] page) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(page);
        return new Content(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** Whether this page was noted with this content. */
    boolean has(PageTarget target, long address, Content content) {
        long[] chunk = chunks.getOrDefault(target, Map.of()).get(address / CHUNK_BYTES);
        int at = index(address);
        return chunk != null && chunk[at] == content.high() && chunk[at + 1] == content.low();
    }

    void note(PageTarget target, long address, Content content) {
        long[] chunk = chunks.computeIfAbsent(target, _ -> new HashMap<>())
                .computeIfAbsent(address / CHUNK_BYTES, _ -> new long[2 * PAGES_A_CHUNK]);
        int at = index(address);
        chunk[at] = content.high();
        chunk[at + 1] = content.low();
    }

    private static int index(long address) {
        return 2 * (int) (address % CHUNK_BYTES / PageRun.PAGE_BYTES);
    }
}
