package io.jmigrate.pages.kept;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * What a peer has kept: names of pages, by which their numbers are found. It takes 16 bytes a page, and 8 to 16 to find it by.
 */
public final class KeptTable {
    /** 4 GiB of memory, for which 32 MiB are needed here at most. */
    public static final int PAGES_MAX = 1 << 20;

    /** No number. */
    static final int NONE = -1;

    private final long[] high;
    private final long[] low;
    /** Numbers, each plus one, where its name and the seed say or behind that; a power of two and never more than half full. */
    private final int[] slots;

    private final long seed = new SecureRandom().nextLong();
    private int pages;

    private KeptTable(int pages) {
        this.high = new long[pages];
        this.low = new long[pages];
        this.slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, pages)) << 2)];
    }

    /**
     * To be filled.
     *
     * @param pages how many names will come
     * @throws IllegalArgumentException if they are more than {@link #PAGES_MAX}
     */
    public static KeptTable of(long pages) {
        if (pages < 0 || pages > PAGES_MAX) {
            throw new IllegalArgumentException("names of " + pages + " pages");
        }
        return new KeptTable((int) pages);
    }

    /**
     * The next names.
     *
     * @param names of {@link PageName#BYTES} each, consumed
     * @throws IllegalArgumentException if there is not room for exactly these
     */
    public void add(ByteBuffer names) {
        if (names.remaining() % PageName.BYTES != 0 || names.remaining() / PageName.BYTES > missing()) {
            throw new IllegalArgumentException("not the names that were announced");
        }
        while (names.hasRemaining()) {
            PageName name = PageName.read(names);
            high[pages] = name.high();
            low[pages] = name.low();
            int slot = slot(name);
            if (slots[slot] == 0) {
                slots[slot] = pages + 1;
            }
            pages++;
        }
    }

    /** How many names have not come yet. */
    public int missing() {
        return high.length - pages;
    }

    public boolean isEmpty() {
        return high.length == 0;
    }

    /**
     * A page that holds this.
     *
     * @param expected that one is taken if it does, so that pages in a row keep to it; may be no number
     * @return its number, or {@link #NONE}
     */
    int find(PageName name, int expected) {
        if (expected >= 0 && expected < pages && is(expected, name)) {
            return expected;
        }
        return slots[slot(name)] - 1;
    }

    /** Where it is looked for first. A peer chooses names, but can't have them meet, as it does not know the seed. */
    int place(PageName name) {
        long mixed = mixed(mixed(name.low() ^ seed) + Long.rotateLeft(seed, 32) ^ name.high());
        return (int) mixed & (slots.length - 1);
    }

    /** Each bit decides on each (MurmurHash3's fmix64). */
    private static long mixed(long bits) {
        long once = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        long twice = (once ^ once >>> 33) * 0xc4ceb9fe1a85ec53L;
        return twice ^ twice >>> 33;
    }

    /** Where it is, or would be. */
    private int slot(PageName name) {
        int slot = place(name);
        while (slots[slot] != 0 && !is(slots[slot] - 1, name)) {
            slot = slot + 1 & (slots.length - 1);
        }
        return slot;
    }

    private boolean is(int page, PageName name) {
        return high[page] == name.high() && low[page] == name.low();
    }
}
