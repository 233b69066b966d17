package io.jmigrate.criu.directory;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.AddressWords;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.criu.request.ForeignConnections;
import io.jmigrate.runtime.failure.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Other addresses for the sockets that images have of a tree: at the near end, and at the far end of connections. An address of version 4 is
 * also changed where a socket of version 6 has it (ipv6(7), v4-mapped-on-v6).
 *
 * @param addresses from the address at the dump to the one at the restore
 * @param closes whether the restore closes connections
 * @param foreign what becomes of a connection that gets another address though its other end, elsewhere, knows it by the old one
 */
record InetAddresses(Map<InetAddress, InetAddress> addresses, boolean closes, ForeignConnections foreign) {
    private static final int TCP = 6;
    private static final int WORDS_V6 = 4;
    private static final int BYTES_V6 = WORDS_V6 * Integer.BYTES;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    InetAddresses {
        addresses = Map.copyOf(addresses);
    }

    private record End(InetAddress address, int port) {}

    /**
     * Refuses what can't be: addresses that nobody has, and those of connections whose other ends are elsewhere.
     *
     * @param entries of files.img
     * @param interfaces addresses that interfaces of the restored tree have
     * @throws Failure IMAGES_INVALID
     */
    void check(List<FileEntry> entries, Set<InetAddress> interfaces) {
        Set<InetAddress> known = new HashSet<>();
        sockets(entries).forEach(socket -> {
            known.add(near(socket).address());
            known.add(far(socket).address());
        });
        if (foreign == ForeignConnections.REFUSED && !closes) {
            foreign(entries).findFirst().ifPresent(InetAddresses::refuse);
        }
        addresses.forEach((from, to) -> {
            if (foreign != ForeignConnections.CLOSED && !known.contains(from) && !interfaces.contains(to)) {
                throw Failure.of(
                                CriuCode.IMAGES_INVALID,
                                "no socket in the images and no interface of the bundle has the address "
                                        + from.getHostAddress())
                        .withRemedy("jmigrate inspect --sockets lists those of images");
            }
        });
    }

    private static Stream<InetSocketEntry> sockets(List<FileEntry> entries) {
        return entries.stream().filter(FileEntry::hasIsk).map(FileEntry::getIsk);
    }

    /** Connections of addresses that change, whose other ends are elsewhere and don't change. */
    private Stream<InetSocketEntry> foreign(List<FileEntry> entries) {
        Set<End> near = sockets(entries).map(InetAddresses::near).collect(Collectors.toSet());
        return sockets(entries)
                .filter(socket -> socket.getProto() == TCP && socket.getDstPort() != 0)
                .filter(socket -> addresses.containsKey(near(socket).address()))
                .filter(socket -> !near.contains(far(socket)))
                .filter(socket -> !addresses.containsKey(far(socket).address()));
    }

    private static void refuse(InetSocketEntry socket) {
        throw Failure.of(
                        CriuCode.IMAGES_INVALID,
                        "a connection with " + text(far(socket)) + " has the address "
                                + near(socket).address().getHostAddress() + ", and its other end knows it by that")
                .withRemedy("close connections at the checkpoint and the restore: --tcp-close; or, if the other end"
                        + " is restored with the same addresses, say so: --tcp-established");
    }

    /**
     * Has all of it done to entries of files.img.
     *
     * @return changes one of them
     */
    UnaryOperator<FileEntry> edit(List<FileEntry> entries) {
        Set<InetSocketEntry> closed =
                foreign == ForeignConnections.CLOSED ? foreign(entries).collect(Collectors.toSet()) : Set.of();
        return entry -> entry.hasIsk() && closed.contains(entry.getIsk()) ? ClosedSocket.of(entry) : moved(entry);
    }

    private static String text(End end) {
        String host = end.address().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + end.port();
    }

    private static End near(InetSocketEntry socket) {
        return new End(address(socket.getSrcAddrList()), socket.getSrcPort());
    }

    private static End far(InetSocketEntry socket) {
        return new End(address(socket.getDstAddrList()), socket.getDstPort());
    }

    /** One of version 4 that is mapped to version 6 is what it is without that. */
    private static InetAddress address(List<Integer> words) {
        try {
            return InetAddress.getByAddress(AddressWords.bytes(words));
        } catch (UnknownHostException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "a socket has an address of " + words.size() + " words")
                    .withCause(e);
        }
    }

    private FileEntry moved(FileEntry entry) {
        if (!entry.hasIsk()) {
            return entry;
        }
        InetSocketEntry socket = entry.getIsk();
        return entry.toBuilder()
                .setIsk(socket.toBuilder()
                        .clearSrcAddr()
                        .addAllSrcAddr(moved(socket.getSrcAddrList()))
                        .clearDstAddr()
                        .addAllDstAddr(moved(socket.getDstAddrList())))
                .build();
    }

    private List<Integer> moved(List<Integer> words) {
        InetAddress other = addresses.get(address(words));
        if (other == null) {
            return words;
        }
        byte[] plain = other.getAddress();
        boolean mapped = words.size() == WORDS_V6 && plain.length < BYTES_V6;
        return AddressWords.of(
                mapped ? ByteBuffer.allocate(BYTES_V6).put(MAPPED).put(plain).array() : plain);
    }
}
