package io.jmigrate.criu.memory;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;

/**
 * Contents of pages that were seen, as hashes of 64 bits with a seed that nobody knows: good enough to count by, among 4 million
 * pages one in a million times wrong by one. No more than {@link #PAGES_MAX} are remembered, in 64 MiB.
 */
final class SeenPages {
    static final int PAGES_MAX = 4 << 20;

    private static final Hasher64 HASHER = Hashing.xxh3_64(new SecureRandom().nextLong());

    /** Open addressing, half empty at least; 0 is free. */
    private long[] table = new long[1 << 12];

    private int count;

    /** Whether the content was seen before; remembers it. */
    boolean seenBefore(byte[] bytes, int offset) {
        long hash = HASHER.hashBytesToLong(bytes, offset, MemoryPass.PAGE_BYTES) | 1;
        int slot = slot(table, hash);
        if (table[slot] == hash) {
            return true;
        }
        if (count < PAGES_MAX) {
            table[slot] = hash;
            count++;
            growIfHalfFull();
        }
        return false;
    }

    private void growIfHalfFull() {
        if (2 * count > table.length) {
            long[] larger = new long[2 * table.length];
            for (long hash : table) {
                if (hash != 0) {
                    larger[slot(larger, hash)] = hash;
                }
            }
            table = larger;
        }
    }

    private static int slot(long[] table, long hash) {
        int slot = (int) (hash >>> 1) & table.length - 1;
        while (table[slot] != 0 && table[slot] != hash) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }
}
