package io.jmigrate.criu.obstacle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets that a network namespace lists in {@code /proc/PID/net}. */
final class NetworkSockets {
    private static final List<String> TABLES =
            List.of("unix", "tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "icmp6", "netlink", "packet");

    /** Of a connection on its way or established; the states are those of include/net/tcp_states.h. */
    private static final Set<String> UNCONNECTED = Set.of("07", "0A"); // CLOSE, LISTEN

    private static final int STATE = 3;
    private static final int INODE = 9;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private NetworkSockets() {}

    /** All numbers in the tables, the inodes among them: each has them in another column. @param pid a process there */
    static Set<Long> numbers(int pid) {
        return TABLES.stream()
                .flatMap(table -> lines(Path.of("/proc/" + pid + "/net/" + table)))
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .filter(word -> NUMBER.matcher(word).matches())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** The inodes of the TCP sockets that have another end (proc_pid_net(5)). @param pid a process there */
    static Set<Long> connections(int pid) {
        return Stream.of("tcp", "tcp6")
                .flatMap(table ->
                        lines(Path.of("/proc/" + pid + "/net/" + table)).skip(1))
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> !UNCONNECTED.contains(fields[STATE]))
                .map(fields -> Long.valueOf(fields[INODE]))
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.ISO_8859_1).stream();
        } catch (NoSuchFileException e) {
            return Stream.empty(); // the kernel has no such protocol
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table, e);
        }
    }
}
