package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /proc/PID/status} (proc_pid_status(5)): fields by their names.
 *
 * @param text of the file
 */
public record ProcStatus(String text) {
    private static final int KIB = 1024;

    /** @throws IOException if there is no such process, or it may not be looked at */
    public static ProcStatus read(Path file) throws IOException {
        return new ProcStatus(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** That of a process; empty if it has ended, or may not be looked at. */
    public static Optional<ProcStatus> find(int pid) {
        try {
            return Optional.of(read(Path.of("/proc/" + pid + "/status")));
        } catch (IOException e) {
            return Optional.empty(); // ENOENT, or ESRCH when it ended meanwhile
        }
    }

    /** The pids of the process, from that in the namespace of who reads to that in its own; empty from an old kernel. */
    public List<Integer> namespacePids() {
        return field("NSpid").stream()
                .flatMap(numbers -> Stream.of(numbers.split("\\s+")))
                .map(Integer::valueOf)
                .toList();
    }

    /** The sum of sizes, such as {@code RssAnon} and {@code VmSwap}, in bytes; those that the kernel doesn't tell are none. */
    public long bytes(String... names) {
        return Stream.of(names)
                .flatMap(name -> field(name).stream())
                .mapToLong(size -> Long.parseLong(size.split("\\s+")[0]) * KIB)
                .sum();
    }

    /** What stands behind the name and its colon; empty if the kernel doesn't tell it. */
    public Optional<String> field(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** A set of capabilities, such as {@code CapEff}, as bits. */
    public Optional<Long> mask(String name) {
        return field(name).map(mask -> Long.parseUnsignedLong(mask, 16));
    }
}
