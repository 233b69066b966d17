package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network devices of a namespace (rtnetlink(7), RTM_GETLINK). */
final class Links {
    /** NLM_F_DUMP. */
    static final int LIST = 0x300;

    private static final int GET_LINK = 18;
    private static final int FIXED_BYTES = 16; // struct ifinfomsg
    private static final int INDEX_OFFSET = 4;
    private static final int NAME = 3; // IFLA_IFNAME

    private Links() {}

    /** Their indices by name. */
    static Map<String, Integer> of(NetworkNamespace namespace) {
        NetlinkMessage request = new NetlinkMessage(GET_LINK, LIST)
                .u8(0)
                .u8(0)
                .u16(0)
                .i32(0)
                .i32(0)
                .i32(0);
        Map<String, Integer> indices = new LinkedHashMap<>();
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.ROUTE)) {
            for (ByteBuffer entry : kernel.list(NetlinkMessage.join(List.of(request)))) {
                NetlinkAttributes.read(entry, FIXED_BYTES)
                        .text(NAME)
                        .ifPresent(name -> indices.put(name, entry.getInt(INDEX_OFFSET)));
            }
        }
        return indices;
    }
}
