package io.jmigrate.pages.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of a process's address space.
 *
 * @param start address of its first byte
 * @param end address behind its last byte
 */
public record AddressRange(long start, long end) {
    /** {@code 55d0c3a00000-55d0c3a21000 rw-p 00000000 00:00 0   [heap]} (proc_pid_maps(5)). */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ...([ps]) \\S+ \\S+ \\S+ *(.*)");

    /**
     * The mappings whose memory can be the process's own: private ones, but for those that the kernel makes. What it may do with them now
     * does not matter: pages that it wrote once are there still, and are dumped, when it can't even read them any more.
     *
     * @param scope which of them
     * @param lines while the process runs, they may overlap: one that has grown since its line was read is there again
     * @return ascending and apart from each other
     */
    static List<AddressRange> ofMaps(MemoryScope scope, Stream<String> lines) {
        List<AddressRange> ranges = new ArrayList<>();
        long end = 0;
        for (AddressRange range : listed(scope, lines)) {
            if (range.end() > end) {
                ranges.add(new AddressRange(Math.max(range.start(), end), range.end()));
                end = range.end();
            }
        }
        return ranges;
    }

    private static List<AddressRange> listed(MemoryScope scope, Stream<String> lines) {
        return lines.map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(mapping -> mapping.group(3).equals("p"))
                .filter(mapping -> isMeant(scope, mapping.group(4)))
                .map(mapping -> new AddressRange(address(mapping.group(1)), address(mapping.group(2))))
                .toList();
    }

    /** By the name that the line ends with. */
    private static boolean isMeant(MemoryScope scope, String name) {
        return switch (scope) {
            case PRIVATE -> !name.startsWith("[v");
            case ANONYMOUS -> name.isEmpty() || (name.startsWith("[") && !name.startsWith("[v"));
        };
    }

    /** Its size in bytes. */
    public long bytes() {
        return end - start;
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }
}
