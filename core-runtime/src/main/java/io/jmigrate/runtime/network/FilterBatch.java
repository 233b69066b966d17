package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import java.util.ArrayList;
import java.util.List;

/** Changes of nftables, which travel in batches: all or nothing (linux/netfilter/nfnetlink.h). */
final class FilterBatch {
    private static final int BEGIN = 16;
    private static final int END = 17;
    private static final int NFTABLES = 10;

    private FilterBatch() {}

    /**
     * Makes the changes.
     *
     * @param messages each asks for an answer
     * @throws io.jmigrate.runtime.linux.LinuxException with the kernel's reason
     */
    static void send(NetworkNamespace namespace, List<NetlinkMessage> messages) {
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.NETFILTER)) {
            send(kernel, messages);
        }
    }

    /** The same through a socket, which owns the tables that are made so that they have an owner. */
    static void send(NetlinkSocket kernel, List<NetlinkMessage> messages) {
        List<NetlinkMessage> batch = new ArrayList<>();
        batch.add(FilterTable.header(new NetlinkMessage(BEGIN, 0), 0, NFTABLES));
        batch.addAll(messages);
        batch.add(FilterTable.header(new NetlinkMessage(END, 0), 0, NFTABLES));
        kernel.request(NetlinkMessage.join(batch), messages.size());
    }
}
