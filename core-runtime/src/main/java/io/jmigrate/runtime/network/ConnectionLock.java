package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Drops what TCP connections within one network namespace send to each other, over its loopback, while everything else passes: a
 * segment for a socket that has not been restored yet is lost, and sent again by its sender, instead of being answered with a reset. It is
 * for namespaces that others use too, where a {@link NetworkLock} has no place.
 *
 * <p>The lock is a table of nftables that belongs to the socket it was made by (NFT_TABLE_F_OWNER, since Linux 5.12): it goes with
 * {@link #close}, and with this process.
 */
public final class ConnectionLock implements AutoCloseable {
    private static final String CHAIN = "out";
    private static final int RULES_AT_ONCE = 64; // the kernel's answers have to find room in the socket

    private static final int META_OUTPUT = 5; // NFT_META_OIF
    private static final int META_PROTOCOL = 16; // NFT_META_L4PROTO
    private static final int LOOPBACK = 1; // LOOPBACK_IFINDEX, include/net/flow.h
    private static final byte[] TCP = {6};
    private static final int TRANSPORT = 2; // NFT_PAYLOAD_TRANSPORT_HEADER
    private static final int PORTS_BYTES = 4;

    /**
     * What one end of a connection sends.
     *
     * @param from its own port
     * @param to the other end's
     */
    public record Ports(int from, int to) {
        private byte[] bytes() {
            return ByteBuffer.allocate(PORTS_BYTES)
                    .putShort((short) from)
                    .putShort((short) to)
                    .array();
        }
    }

    private final NetlinkSocket kernel;
    private final FilterTable table;

    private ConnectionLock(NetlinkSocket kernel, FilterTable table) {
        this.kernel = kernel;
        this.table = table;
    }

    /**
     * Locks.
     *
     * @param connections both ends of each
     * @return empty in a kernel that does not know of owners of tables
     * @throws Failure IO with the kernel's reason
     */
    public static Optional<ConnectionLock> lock(NetworkNamespace namespace, Set<Ports> connections) {
        NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.NETFILTER);
        ConnectionLock lock = new ConnectionLock(kernel, new FilterTable("jmigrate-lock-" + UUID.randomUUID()));
        try {
            lock.make(List.copyOf(connections));
            return Optional.of(lock);
        } catch (LinuxException e) {
            lock.close();
            if (e.errno().equals(Errno.EOPNOTSUPP) || e.errno().equals(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw failure("lock", e);
        }
    }

    private void make(List<Ports> connections) {
        FilterBatch.send(
                kernel,
                List.of(
                        table.made(FilterTable.OWNED),
                        table.chain(CHAIN, FilterTable.OUTPUT, FilterTable.ACCEPT),
                        table.acceptMarked(CHAIN)));
        for (int from = 0; from < connections.size(); from += RULES_AT_ONCE) {
            List<NetlinkMessage> rules = new ArrayList<>();
            connections.subList(from, Math.min(connections.size(), from + RULES_AT_ONCE)).stream()
                    .map(this::drop)
                    .forEach(rules::add);
            FilterBatch.send(kernel, rules);
        }
    }

    private NetlinkMessage drop(Ports ports) {
        return table.rule(CHAIN, FilterTable.DROP, expressions(ports));
    }

    private static Consumer<NetlinkMessage> expressions(Ports ports) {
        return list -> {
            FilterTable.meta(list, META_OUTPUT);
            FilterTable.equals(list, it -> it.i32(1, LOOPBACK));
            FilterTable.meta(list, META_PROTOCOL);
            FilterTable.equals(list, it -> it.attribute(1, TCP));
            FilterTable.payload(list, TRANSPORT, 0, PORTS_BYTES);
            FilterTable.equals(list, it -> it.attribute(1, ports.bytes()));
        };
    }

    /**
     * What they send passes again. A table that has an owner can't be put to sleep; its rules go without waiting, and the rest goes with
     * {@link #close}.
     *
     * @throws Failure IO
     */
    public void unlock() {
        try {
            FilterBatch.send(kernel, List.of(table.noRules(CHAIN)));
        } catch (LinuxException e) {
            throw failure("unlock", e);
        }
    }

    private static Failure failure(String what, LinuxException e) {
        return Failure.of(RuntimeCode.IO, "cannot " + what + " connections within a network: " + e.getMessage())
                .withCause(e);
    }

    /** Nothing of it is left. */
    @Override
    public void close() {
        kernel.close();
    }
}
