package io.jmigrate.migration.transfer;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What the peer holds of one large file, as a digest of 16 bytes for each block: XXH3 of 128 bits with a seed that nobody else knows, so
 * that not even who chooses the content can make another one with the same digest. What lies behind the end of the file counts as
 * zeros, as it will be if the file grows.
 */
final class HeldBlocks {
    /** A multiple of all blocks. */
    static final int BLOCK_BYTES_MAX = 256 << 10;

    private static final Hasher128 HASHER = Hashing.xxh3_128(new SecureRandom().nextLong());
    private static final int LONGS = 2;
    /** In the place of the digest of zeros, so that a hole need not be read; that of new memory. */
    private static final HashValue128 ZEROS = new HashValue128(0, 0);
    /** Nothing has this one. */
    private static final HashValue128 UNKNOWN = new HashValue128(0, 1);

    private final int blockBytes;
    private long size;
    private long[] digests;
    private boolean shared;

    private HeldBlocks(int blockBytes, long size) {
        this.blockBytes = blockBytes;
        this.size = size;
        this.digests = new long[LONGS * Math.toIntExact(Math.ceilDiv(size, blockBytes))];
    }

    /** A file of which the peer holds only zeros, yet. */
    static HeldBlocks ofZeros(long size) {
        return new HeldBlocks(blockBytes(size), size);
    }

    /** How many digests a file has. */
    static long blocks(long size) {
        return Math.ceilDiv(size, blockBytes(size));
    }

    /** Small blocks send little that has not changed, large ones need little memory: 1/1024 of a small file, 1/16384 of a huge one. */
    private static int blockBytes(long size) {
        if (size <= 64L << 20) {
            return 16 << 10;
        }
        return size <= 4L << 30 ? 64 << 10 : BLOCK_BYTES_MAX;
    }

    int blockBytes() {
        return blockBytes;
    }

    int blocks() {
        return digests.length / LONGS;
    }

    /** The peer's file has another size now: it was cut, or what it has gained are zeros. */
    void resize(long size) {
        int blocks = Math.toIntExact(Math.ceilDiv(size, blockBytes));
        boolean cut = size < this.size && size % blockBytes != 0;
        this.size = size;
        digests = Arrays.copyOf(digests, LONGS * blocks);
        if (cut) {
            put(blocks - 1, UNKNOWN);
        }
    }

    /** Notes what a block holds from now on. @return whether it held something else */
    boolean note(int block, byte[] content, int offset) {
        return exchange(block, HASHER.hashBytesTo128Bits(content, offset, blockBytes));
    }

    /** Notes that a block holds zeros from now on. @return whether it held something else */
    boolean noteZeros(int block) {
        return exchange(block, ZEROS);
    }

    private boolean exchange(int block, HashValue128 digest) {
        boolean differs = digests[LONGS * block] != digest.getMostSignificantBits()
                || digests[LONGS * block + 1] != digest.getLeastSignificantBits();
        put(block, digest);
        return differs;
    }

    private void put(int block, HashValue128 digest) {
        digests[LONGS * block] = digest.getMostSignificantBits();
        digests[LONGS * block + 1] = digest.getLeastSignificantBits();
    }

    /** The peer's file has got a second name. */
    void share() {
        shared = true;
    }

    /** Whether the peer's file has, or had, more than one name. */
    boolean isShared() {
        return shared;
    }
}
