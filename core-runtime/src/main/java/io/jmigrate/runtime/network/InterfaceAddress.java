package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An address of a network device, as the kernel lists it (rtnetlink(7), RTM_GETADDR).
 *
 * @param family AF_INET or AF_INET6
 * @param prefix length of the network's part, in bits
 * @param flags IFA_F_*
 * @param scope RT_SCOPE_*
 * @param attributes IFA_*
 */
record InterfaceAddress(int family, int prefix, int flags, int scope, NetlinkAttributes attributes) {
    private static final int NEW_ADDRESS = 20;
    private static final int GET_ADDRESS = 22;
    private static final int CREATE_AND_ACKNOWLEDGE = 0x400 | 0x200 | 4; // NLM_F_CREATE, NLM_F_EXCL, NLM_F_ACK
    private static final int FIXED_BYTES = 8; // struct ifaddrmsg
    private static final int INDEX_OFFSET = 4;

    private static final int FLAGS = 8; // IFA_FLAGS
    /** IFA_ADDRESS, IFA_LOCAL, IFA_BROADCAST, IFA_RT_PRIORITY: what does not depend on the device or the moment. */
    private static final Set<Integer> KEPT = Set.of(1, 2, 4, 9);

    private static final int PERMANENT = 0x80;
    /** Those that whoever adds an address may choose: nodad, home, mngtmpaddr, noprefixroute, autojoin. */
    private static final int CHOSEN = 0x02 | 0x10 | 0x100 | 0x200 | 0x400;

    private static final int UNIVERSE = 0;

    /** Those of a device. */
    static List<InterfaceAddress> of(NetworkNamespace namespace, int index) {
        NetlinkMessage request = new NetlinkMessage(GET_ADDRESS, Links.LIST)
                .u8(0)
                .u8(0)
                .u8(0)
                .u8(0)
                .i32(0);
        List<InterfaceAddress> addresses = new ArrayList<>();
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.ROUTE)) {
            for (ByteBuffer entry : kernel.list(NetlinkMessage.join(List.of(request)))) {
                if (entry.getInt(INDEX_OFFSET) == index) {
                    addresses.add(read(entry));
                }
            }
        }
        return addresses;
    }

    private static InterfaceAddress read(ByteBuffer entry) {
        NetlinkAttributes attributes = NetlinkAttributes.read(entry, FIXED_BYTES);
        int flags = attributes.i32(FLAGS).orElse(Byte.toUnsignedInt(entry.get(2)));
        return new InterfaceAddress(
                Byte.toUnsignedInt(entry.get(0)),
                Byte.toUnsignedInt(entry.get(1)),
                flags,
                Byte.toUnsignedInt(entry.get(3)),
                attributes);
    }

    /** Whether somebody gave it to the device for good, and for use beyond its link (config-linux.md, "Network Devices"). */
    boolean isPermanentAndGlobal() {
        return (flags & PERMANENT) != 0 && scope == UNIVERSE;
    }

    /** Adds it to a device. */
    NetlinkMessage added(int index) {
        NetlinkMessage message = new NetlinkMessage(NEW_ADDRESS, CREATE_AND_ACKNOWLEDGE)
                .u8(family)
                .u8(prefix)
                .u8(0)
                .u8(scope)
                .i32(index);
        attributes.byType().forEach((type, value) -> {
            if (KEPT.contains(type)) {
                message.attribute(type, value);
            }
        });
        return message.i32(FLAGS, flags & CHOSEN);
    }
}
