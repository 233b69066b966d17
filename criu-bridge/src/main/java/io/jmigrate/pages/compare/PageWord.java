package io.jmigrate.pages.compare;

import java.nio.ByteBuffer;

/**
 * What one side says of a page.
 *
 * @param round in which it was handed over last, 0 if in none; of rounds from 255 on it says 255
 * @param digest of {@link PageDigests}
 */
public record PageWord(int round, ByteBuffer digest) {
    public static final int BYTES = 1 + PageDigests.BYTES;

    private static final int ROUND_MAX = 255;

    /** @param round in which it was handed over last */
    static byte round(int round) {
        return (byte) Math.min(round, ROUND_MAX);
    }

    /** Its position moves on. */
    static PageWord read(ByteBuffer from) {
        int round = Byte.toUnsignedInt(from.get());
        ByteBuffer digest = from.slice(from.position(), PageDigests.BYTES);
        from.position(from.position() + PageDigests.BYTES);
        return new PageWord(round, digest);
    }
}
