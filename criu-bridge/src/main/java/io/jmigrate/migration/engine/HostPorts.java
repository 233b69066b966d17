package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.IpAddresses;
import io.jmigrate.migration.plan.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** The ports that sockets of this program's network namespace have: those of TCP that listen, those of UDP that are bound. */
final class HostPorts {
    private static final Path TABLES = Path.of("/proc/self/net");
    // columns of proc_pid_net(5), tcp
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    // include/net/tcp_states.h
    private static final String LISTEN = "0A";
    private static final String UNCONNECTED = "07"; // TCP_CLOSE, which UDP has unless connect(2) was called

    private static final int HEX = 16;
    private static final int WORD_DIGITS = 8;

    private HostPorts() {}

    /** @param wanted by the socket's inode */
    static List<Port> of(LongPredicate wanted) {
        return Stream.of("tcp", "tcp6", "udp", "udp6")
                .flatMap(table -> of(table.substring(0, "tcp".length()), lines(table), wanted))
                .toList();
    }

    /** @param lines of a table, the first with the columns' names */
    static Stream<Port> of(String protocol, List<String> lines, LongPredicate wanted) {
        String state = protocol.equals("tcp") ? LISTEN : UNCONNECTED;
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE && fields[STATE].equals(state))
                .filter(fields -> wanted.test(Long.parseLong(fields[INODE])))
                .map(fields -> port(protocol, fields[LOCAL].split(":")))
                .distinct();
    }

    private static Port port(String protocol, String[] local) {
        return new Port(protocol, address(local[0]), Integer.parseInt(local[1], HEX));
    }

    /** @param digits words of 32 bits, each in the order of this machine's bytes */
    private static String address(String digits) {
        ByteBuffer bytes = ByteBuffer.allocate(digits.length() / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at < digits.length(); at += WORD_DIGITS) {
            bytes.putInt(Integer.parseUnsignedInt(digits.substring(at, at + WORD_DIGITS), HEX));
        }
        try {
            return IpAddresses.canonical(InetAddress.getByAddress(bytes.array()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(digits, e);
        }
    }

    private static List<String> lines(String table) {
        try {
            return Files.readAllLines(TABLES.resolve(table));
        } catch (IOException e) {
            return List.of(); // a kernel without IPv6
        }
    }
}
