package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has passed through an interface (proc_pid_net(5), {@code /proc/PID/net/dev}).
 *
 * @param name inside the network namespace
 */
public record InterfaceUse(String name, Traffic received, Traffic sent) {
    /** In one direction. */
    public record Traffic(long bytes, long packets, long errors, long dropped) {}

    private static final String LOOPBACK = "lo";
    private static final int TITLE_LINES = 2;
    private static final int SENT_INDEX = 8;

    /**
     * Those of the network namespace that a process is in, but for the loopback; none if it has ended.
     *
     * @throws Failure IO
     */
    public static List<InterfaceUse> of(int pid) {
        Path file = Path.of("/proc/" + pid + "/net/dev");
        try {
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            if (ProcStat.read(pid)
                    .filter(process -> !process.ended() && !process.exiting())
                    .isEmpty()) {
                return List.of();
            }
            throw Failure.of(RuntimeCode.IO, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    static List<InterfaceUse> parse(List<String> lines) {
        return lines.stream()
                .skip(TITLE_LINES)
                .map(InterfaceUse::parse)
                .filter(use -> !use.name().equals(LOOPBACK))
                .toList();
    }

    private static InterfaceUse parse(String line) {
        int colon = line.lastIndexOf(':');
        String[] numbers = line.substring(colon + 1).strip().split("\\s+");
        return new InterfaceUse(line.substring(0, colon).strip(), traffic(numbers, 0), traffic(numbers, SENT_INDEX));
    }

    private static Traffic traffic(String[] numbers, int from) {
        return new Traffic(
                Long.parseUnsignedLong(numbers[from]),
                Long.parseUnsignedLong(numbers[from + 1]),
                Long.parseUnsignedLong(numbers[from + 2]),
                Long.parseUnsignedLong(numbers[from + 3]));
    }
}
