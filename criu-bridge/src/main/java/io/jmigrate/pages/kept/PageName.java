package io.jmigrate.pages.kept;

import java.nio.ByteBuffer;

/** Stands for what a page holds: 128 bits that a keyed hash makes of the page ({@link PageNames}). */
public record PageName(long high, long low) {
    public static final int BYTES = 16;

    /** @param from its position moves on by {@link #BYTES} */
    static PageName read(ByteBuffer from) {
        return new PageName(from.getLong(), from.getLong());
    }

    /** @param into its position moves on by {@link #BYTES} */
    void write(ByteBuffer into) {
        into.putLong(high).putLong(low);
    }
}
