package io.jmigrate.pages.compare;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.jmigrate.pages.PageRun;
import java.nio.ByteBuffer;

/**
 * What pages hold, in 16 bytes each: XXH3 of 128 bits with a seed. Two different pages have the same digest by accident once in 2^128;
 * whoever knows the seed may make such pages, so it is nothing to convince strangers by.
 */
public final class PageDigests {
    /** Of one page. */
    public static final int BYTES = 16;

    private final Hasher128 hasher;
    private final byte[] page = new byte[PageRun.PAGE_BYTES];

    public PageDigests(long seed) {
        this.hasher = Hashing.xxh3_128(seed);
    }

    /**
     * Of the next page.
     *
     * @param pages its position moves on by one page
     * @param digest its position moves on by {@link #BYTES}
     */
    public void of(ByteBuffer pages, ByteBuffer digest) {
        pages.get(page);
        HashValue128 hash = hasher.hashBytesTo128Bits(page);
        digest.putLong(hash.getMostSignificantBits()).putLong(hash.getLeastSignificantBits());
    }
}
