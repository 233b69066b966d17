package io.jmigrate.runtime.cgroup.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was read from and written to block devices since the container was made: bytes, and operations. */
public record BlockIoUse(List<Entry> bytes, List<Entry> operations) {
    static final BlockIoUse NONE = new BlockIoUse(List.of(), List.of());

    /** @param operation Read, Write and others of the kernel's words */
    public record Entry(long major, long minor, String operation, long value) {}

    private static final Pattern LINE = Pattern.compile("(\\d+):(\\d+) ([A-Za-z]+) (\\d+)");
    private static final Pattern DEVICE = Pattern.compile("(\\d+):(\\d+) (.*)");
    private static final Map<String, String> BYTES = Map.of("rbytes", "Read", "wbytes", "Write");
    private static final Map<String, String> OPERATIONS = Map.of("rios", "Read", "wios", "Write");

    /** BFQ counts what goes through it; where it schedules nothing, throttling has counted everything. */
    static BlockIoUse version1(Texts texts) {
        for (String scheduler : List.of("bfq", "throttle")) {
            String prefix = "blkio." + scheduler + ".";
            BlockIoUse use = new BlockIoUse(
                    entries(texts, prefix + "io_service_bytes_recursive"),
                    entries(texts, prefix + "io_serviced_recursive"));
            if (!use.bytes().isEmpty()) {
                return use;
            }
        }
        return NONE;
    }

    private static List<Entry> entries(Texts texts, String file) {
        return texts.lines(file).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(match -> entry(match, match.group(3), match.group(4)))
                .toList();
    }

    static BlockIoUse version2(Texts texts) {
        List<Entry> bytes = new ArrayList<>();
        List<Entry> operations = new ArrayList<>();
        for (String line : texts.lines("io.stat")) {
            Matcher device = DEVICE.matcher(line);
            if (device.matches()) {
                for (String field : device.group(3).split(" ")) {
                    String[] pair = field.split("=", 2);
                    if (BYTES.containsKey(pair[0])) {
                        bytes.add(entry(device, BYTES.get(pair[0]), pair[1]));
                    } else if (OPERATIONS.containsKey(pair[0])) {
                        operations.add(entry(device, OPERATIONS.get(pair[0]), pair[1]));
                    }
                }
            }
        }
        return new BlockIoUse(List.copyOf(bytes), List.copyOf(operations));
    }

    private static Entry entry(Matcher device, String operation, String value) {
        return new Entry(
                Long.parseLong(device.group(1)),
                Long.parseLong(device.group(2)),
                operation,
                Long.parseUnsignedLong(value));
    }
}
