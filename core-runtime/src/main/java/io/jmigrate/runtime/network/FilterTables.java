package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of nftables that a network namespace has for both versions of IP (family {@code inet}), whoever made them.
 *
 * @param namespace where
 */
public record FilterTables(NetworkNamespace namespace) {
    private static final int FIXED_BYTES = 4; // struct nfgenmsg
    private static final int ATTRIBUTE_BYTES = 4; // struct nlattr
    private static final int TYPE_MASK = 0x3fff;
    private static final int NAME = 1; // NFTA_TABLE_NAME
    /** Without nf_tables, and without nfnetlink (net/netlink/af_netlink.c, netlink_create). */
    private static final Set<Errno> UNKNOWN = Set.of(Errno.EINVAL, Errno.EPROTONOSUPPORT);

    /**
     * Their names; none in a kernel without nftables.
     *
     * @throws Failure IO
     */
    public List<String> names() {
        return entries().orElse(List.of()).stream()
                .map(FilterTables::name)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Whether the kernel has nftables.
     *
     * @throws Failure IO
     */
    public boolean known() {
        return entries().isPresent();
    }

    /** Empty in a kernel without nftables. */
    private Optional<List<ByteBuffer>> entries() {
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.NETFILTER)) {
            return Optional.of(kernel.list(NetlinkMessage.join(List.of(FilterTable.list()))));
        } catch (LinuxException e) {
            if (UNKNOWN.contains(e.errno())) {
                return Optional.empty();
            }
            throw failure("list the tables of nftables", e);
        }
    }

    private static Optional<String> name(ByteBuffer entry) {
        int at = FIXED_BYTES;
        while (at + ATTRIBUTE_BYTES <= entry.limit()) {
            int length = Math.max(Short.toUnsignedInt(entry.getShort(at)), ATTRIBUTE_BYTES);
            if ((entry.getShort(at + 2) & TYPE_MASK) == NAME) {
                byte[] text = new byte[length - ATTRIBUTE_BYTES - 1]; // without the zero at its end
                entry.get(at + ATTRIBUTE_BYTES, text);
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            }
            at += length + 3 & ~3;
        }
        return Optional.empty();
    }

    /**
     * Deletes one with all that is in it.
     *
     * @throws Failure IO if there is none of that name
     */
    public void delete(String name) {
        try {
            FilterBatch.send(namespace, List.of(new FilterTable(name).deleted()));
        } catch (LinuxException e) {
            throw failure("delete the table " + name + " of nftables", e);
        }
    }

    private static Failure failure(String purpose, LinuxException e) {
        return Failure.of(RuntimeCode.IO, "cannot " + purpose + " in the container's network: " + e.getMessage())
                .withCause(e);
    }
}
