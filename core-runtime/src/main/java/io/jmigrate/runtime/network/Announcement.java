package io.jmigrate.runtime.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Composes the Ethernet frames by which a host tells its neighbours the hardware address of one of its addresses. */
final class Announcement {
    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final byte[] ALL_NODES_HARDWARE = {0x33, 0x33, 0, 0, 0, 1};
    private static final byte[] ALL_NODES = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final short ETHERTYPE_ARP = 0x0806;
    private static final short ETHERTYPE_IPV4 = 0x0800;
    private static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    private static final short ARP_REQUEST = 1;
    private static final short ARP_REPLY = 2;
    private static final int ARP_FRAME_BYTES = 42;
    private static final byte ICMPV6 = 58;
    private static final int ADVERTISEMENT_BYTES = 32;
    private static final byte NEIGHBOUR_ADVERTISEMENT = (byte) 136;
    private static final int OVERRIDE = 0x20000000;

    private Announcement() {}

    /**
     * @param address with or without a prefix length, {@code 10.88.0.5/24}
     * @param hardware the six bytes of the MAC address
     */
    static List<byte[]> frames(String address, byte[] hardware) {
        InetAddress ip = InetAddress.ofLiteral(address.replaceFirst("/.*", ""));
        if (ip instanceof Inet4Address) {
            byte[] bytes = ip.getAddress();
            return List.of(arp(ARP_REQUEST, bytes, hardware), arp(ARP_REPLY, bytes, hardware));
        }
        return List.of(advertisement(ip.getAddress(), hardware));
    }

    /** RFC 826: sender and target are the same address. */
    private static byte[] arp(short operation, byte[] ip, byte[] hardware) {
        ByteBuffer frame = ByteBuffer.allocate(ARP_FRAME_BYTES);
        frame.put(BROADCAST).put(hardware).putShort(ETHERTYPE_ARP);
        frame.putShort((short) 1)
                .putShort(ETHERTYPE_IPV4)
                .put((byte) 6)
                .put((byte) 4)
                .putShort(operation);
        frame.put(hardware).put(ip).put(BROADCAST).put(ip);
        return frame.array();
    }

    /** RFC 4861, section 4.4, to all nodes, with the target's link-layer address. */
    private static byte[] advertisement(byte[] ip, byte[] hardware) {
        byte[] message = ByteBuffer.allocate(ADVERTISEMENT_BYTES)
                .put(NEIGHBOUR_ADVERTISEMENT)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(OVERRIDE)
                .put(ip)
                .put((byte) 2)
                .put((byte) 1)
                .put(hardware)
                .array();
        ByteBuffer.wrap(message).putShort(2, checksum(ip, message));
        ByteBuffer frame = ByteBuffer.allocate(14 + 40 + ADVERTISEMENT_BYTES);
        frame.put(ALL_NODES_HARDWARE).put(hardware).putShort(ETHERTYPE_IPV6);
        frame.putInt(0x60000000)
                .putShort((short) ADVERTISEMENT_BYTES)
                .put(ICMPV6)
                .put((byte) 255);
        frame.put(ip).put(ALL_NODES).put(message);
        return frame.array();
    }

    /** RFC 8200, section 8.1: the one's complement of the sum over a pseudo header and the message. */
    private static short checksum(byte[] source, byte[] message) {
        ByteBuffer summed = ByteBuffer.allocate(40 + message.length);
        summed.put(source)
                .put(ALL_NODES)
                .putInt(message.length)
                .putInt(ICMPV6)
                .put(message)
                .flip();
        int sum = 0;
        while (summed.hasRemaining()) {
            sum += summed.getShort() & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
