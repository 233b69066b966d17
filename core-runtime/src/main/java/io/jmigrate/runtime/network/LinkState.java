package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NetlinkSocket;
import java.util.List;

/** Brings network interfaces up and takes them down (rtnetlink(7), RTM_NEWLINK). */
final class LinkState {
    private static final int NEW_LINK = 16;
    private static final int ACKNOWLEDGE = 4;
    private static final int NAME = 3; // IFLA_IFNAME
    private static final int UP = 1; // IFF_UP

    private LinkState() {}

    /** @throws LinuxException ENODEV if there is no such interface in the namespace */
    static void set(NetworkNamespace namespace, List<String> interfaces, boolean up) {
        List<NetlinkMessage> messages =
                interfaces.stream().map(name -> message(name, up)).toList();
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.ROUTE)) {
            kernel.request(NetlinkMessage.join(messages), messages.size());
        }
    }

    /** A struct ifinfomsg without an index: the name says which one. */
    private static NetlinkMessage message(String name, boolean up) {
        return new NetlinkMessage(NEW_LINK, ACKNOWLEDGE)
                .u8(0)
                .u8(0)
                .u16(0)
                .i32(0)
                .i32(up ? UP : 0)
                .i32(UP)
                .text(NAME, name);
    }
}
