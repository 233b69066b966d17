package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.AddressWords;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.criu.image.entry.UnixSocketEntry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Sockets of files.img, with the numbers of the kernel in words. */
final class SocketEntries {
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW = 3;

    /** By number, include/net/tcp_states.h; sockets that aren't TCP's use the same. */
    private static final List<String> STATES = List.of(
            "unknown",
            "established",
            "syn-sent",
            "syn-received",
            "fin-wait-1",
            "fin-wait-2",
            "time-wait",
            "close",
            "close-wait",
            "last-ack",
            "listen",
            "closing",
            "new-syn-received");

    private SocketEntries() {}

    static ImagedSocket inet(String image, InetSocketEntry entry) throws ImageException {
        boolean six = entry.getFamily() == AF_INET6;
        String remote = entry.getDstPort() == 0 ? "" : endpoint(image, six, entry.getDstAddrList(), entry.getDstPort());
        return new ImagedSocket(
                six ? "inet6" : "inet",
                entry.getType() == SOCK_RAW ? "raw" : protocol(entry.getProto()),
                state(entry.getState()),
                endpoint(image, six, entry.getSrcAddrList(), entry.getSrcPort()),
                remote);
    }

    /** By number, netinet/in.h. */
    private static String protocol(int number) {
        return switch (number) {
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 58 -> "icmpv6";
            case 136 -> "udplite";
            default -> "protocol " + Integer.toUnsignedString(number);
        };
    }

    private static String state(int number) {
        return number > 0 && number < STATES.size() ? STATES.get(number) : STATES.getFirst();
    }

    private static String endpoint(String image, boolean six, List<Integer> words, int port) throws ImageException {
        if (words.size() != (six ? 4 : 1)) {
            throw new ImageException(image + " has an address of " + words.size() + " words");
        }
        String text = address(six, AddressWords.bytes(words));
        return (six ? "[" + text + "]" : text) + ":" + Integer.toUnsignedString(port);
    }

    private static String address(boolean six, byte[] bytes) {
        try {
            // the general one would show a version 4 address that is mapped to version 6 as what it isn't
            InetAddress address = six ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }

    static ImagedSocket unix(String image, UnixSocketEntry entry) throws ImageException {
        return new ImagedSocket(
                "unix",
                type(entry.getType()),
                state(entry.getState()),
                named(Names.checked(image, entry.getName().toStringUtf8()), entry.getIno()),
                entry.getPeer() == 0 ? "" : inode(entry.getPeer()));
    }

    /** By number, socket(2). */
    private static String type(int number) {
        return switch (number) {
            case 1 -> "stream";
            case 2 -> "dgram";
            case 5 -> "seqpacket";
            default -> "type " + Integer.toUnsignedString(number);
        };
    }

    /** A path may end in a 0, which isn't part of it; an abstract name begins with one (unix(7)). */
    private static String named(String name, int inode) {
        if (name.isEmpty()) {
            return inode(inode);
        }
        String shown = name.charAt(0) == 0 ? "@" + name.substring(1) : name;
        return (shown.endsWith("\0") ? shown.substring(0, shown.length() - 1) : shown) + " " + inode(inode);
    }

    private static String inode(int number) {
        return "inode " + Integer.toUnsignedString(number);
    }
}
