package io.jmigrate.criu.memory.search;

import java.util.Arrays;
import java.util.Optional;

/**
 * Memory without gaps as it streams by: a match is found wherever the pages and the pieces that are read of them end, and each
 * once.
 */
final class Window {
    private static final int BYTES = 1 << 20;

    private final Needle needle;
    private final Use use;
    private final byte[] buffer;
    private final int margin;
    private int end;
    private int from;
    private long start;

    /** What is done with a match. */
    @FunctionalInterface
    interface Use {
        void match(long address, byte[] before, byte[] bytes, byte[] after);
    }

    Window(Needle needle, Use use) {
        this.needle = needle;
        this.use = use;
        margin = needle.longestBytes() + Match.CONTEXT_BYTES;
        buffer = new byte[BYTES + 2 * margin];
    }

    /** The next bytes; if they don't follow those before, these are ended. */
    void add(long address, byte[] bytes, int offset, int length) {
        if (address != start + end) {
            finish();
            start = address;
        }
        if (end + length > buffer.length) {
            search(end - margin);
            forget();
        }
        System.arraycopy(bytes, offset, buffer, end, length);
        end += length;
    }

    /** Nothing follows what was added. */
    void finish() {
        search(end);
        start += end;
        end = 0;
        from = 0;
    }

    /** Matches that begin before the limit are certain: all bytes that could belong to them are here. */
    private void search(int limit) {
        while (from < limit) {
            Optional<Needle.Hit> hit = needle.find(buffer, from, end).filter(found -> found.start() < limit);
            hit.ifPresent(this::report);
            from = hit.map(Needle.Hit::end).orElse(limit);
        }
    }

    private void report(Needle.Hit hit) {
        use.match(
                start + hit.start(),
                Arrays.copyOfRange(buffer, Math.max(0, hit.start() - Match.CONTEXT_BYTES), hit.start()),
                Arrays.copyOfRange(buffer, hit.start(), hit.end()),
                Arrays.copyOfRange(buffer, hit.end(), Math.min(end, hit.end() + Match.CONTEXT_BYTES)));
    }

    private void forget() {
        int keep = Math.max(0, from - Match.CONTEXT_BYTES);
        System.arraycopy(buffer, keep, buffer, 0, end - keep);
        start += keep;
        end -= keep;
        from -= keep;
    }
}
