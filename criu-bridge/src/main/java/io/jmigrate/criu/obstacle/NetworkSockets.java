package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.network.TcpQueues;
import io.jmigrate.runtime.network.UnixSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets that a network namespace lists, each table as it is when it is asked for first (proc_pid_net(5)). */
final class NetworkSockets {
    private static final List<String> TABLES =
            List.of("unix", "tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "icmp6", "netlink", "packet");

    private static final List<String> TCP = List.of("tcp", "tcp6");
    // include/net/tcp_states.h
    private static final String CLOSE = "07";
    private static final String LISTEN = "0A";
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int NETLINK_UNREAD = 4;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Function<String, List<String>> reader;
    private final Supplier<Map<Long, UnixSocket>> unixReader;
    private final Supplier<TcpQueues> queuesReader;
    private final Map<String, List<String>> tables = new HashMap<>();
    private Optional<Map<Long, UnixSocket>> unix = Optional.empty();
    private Optional<TcpQueues> queues = Optional.empty();

    /**
     * As they are listed elsewhere.
     *
     * @param reader gives the lines of a table, for example {@code tcp6}, without the first, which has the columns' names
     * @param unixReader gives the Unix sockets by inode
     * @param queuesReader gives the TCP sockets with connections that are in nobody's hands yet
     */
    NetworkSockets(
            Function<String, List<String>> reader,
            Supplier<Map<Long, UnixSocket>> unixReader,
            Supplier<TcpQueues> queuesReader) {
        this.reader = reader;
        this.unixReader = unixReader;
        this.queuesReader = queuesReader;
    }

    /** @param pid a process there */
    static NetworkSockets of(int pid) {
        Path namespace = Path.of("/proc/" + pid + "/ns/net");
        return new NetworkSockets(
                table -> lines(Path.of("/proc/" + pid + "/net/" + table)),
                () -> diagnosed(() -> UnixSocket.of(namespace), Map.of()),
                () -> diagnosed(() -> TcpQueues.of(namespace), TcpQueues.NONE));
    }

    /** All numbers in the tables, the inodes among them: each has them in another column. */
    Set<Long> numbers() {
        return TABLES.stream()
                .flatMap(this::table)
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .filter(word -> NUMBER.matcher(word).matches())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** The inodes of the TCP sockets that have another end, or are about to. */
    Set<Long> connections() {
        return inodes(TCP, fields -> !fields[STATE].equals(CLOSE) && !fields[STATE].equals(LISTEN));
    }

    /** The TCP sockets with connections that are in nobody's hands yet; none if the kernel does not list them. */
    TcpQueues queues() {
        if (queues.isEmpty()) {
            queues = Optional.of(queuesReader.get());
        }
        return queues.get();
    }

    /** The inodes of the netlink sockets with messages that nobody has read yet. */
    Set<Long> unreadNetlink() {
        return inodes(List.of("netlink"), fields -> !fields[NETLINK_UNREAD].equals("0"));
    }

    /** The Unix sockets by inode; none if the kernel does not list them. */
    Map<Long, UnixSocket> unix() {
        if (unix.isEmpty()) {
            unix = Optional.of(unixReader.get());
        }
        return unix.get();
    }

    private Set<Long> inodes(List<String> of, Predicate<String[]> which) {
        return of.stream()
                .flatMap(this::table)
                .map(line -> line.strip().split("\\s+"))
                .filter(which)
                .map(fields -> Long.valueOf(fields[INODE]))
                .collect(Collectors.toSet());
    }

    private Stream<String> table(String name) {
        return tables.computeIfAbsent(name, reader).stream();
    }

    private static List<String> lines(Path table) {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            return lines.skip(1).toList();
        } catch (NoSuchFileException e) {
            return List.of(); // the kernel has no such protocol
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table, e);
        }
    }

    private static <T> T diagnosed(Supplier<T> look, T unseen) {
        try {
            return look.get();
        } catch (LinuxException e) {
            return unseen; // the process has ended, or a kernel without sock_diag(7), where CRIU can't work
        }
    }
}
