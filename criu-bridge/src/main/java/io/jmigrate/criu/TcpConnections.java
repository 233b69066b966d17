package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.network.ConnectionLock.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * TCP connections that a restore makes anew. As soon as CRIU has made the socket of one it sends what the kernel had not sent yet, and
 * asks again for one that was not answered (soccr/soccr.c, libsoccr_restore_queue and libsoccr_set_sk_data_noq); and others send to it.
 * Where the socket that it is for isn't there yet, as it may be in the tree too, the kernel would answer with a reset.
 */
final class TcpConnections {
    private static final String FILE_IMAGE = "files.img";
    private static final int TCP = 6; // IPPROTO_TCP, netinet/in.h

    // include/net/tcp_states.h
    private static final int SYN_SENT = 2;
    private static final int CLOSED = 7;
    private static final int LISTENING = 10;

    private TcpConnections() {}

    /** Whether images have any, in whatever state. @throws Failure IMAGES_INVALID */
    static boolean in(Path images) {
        return sockets(images).stream().anyMatch(TcpConnections::isConnection);
    }

    /**
     * What those send to each other whose two ends are in the images; of one that was not answered, the listener is the other end. Where
     * the same ports are in use at several addresses it may be more.
     *
     * @throws Failure IMAGES_INVALID
     */
    static Set<Ports> within(Path images) {
        List<InetSocketEntry> sockets = sockets(images);
        Set<Ports> sent = sockets.stream()
                .filter(TcpConnections::isConnection)
                .map(socket -> new Ports(socket.getSrcPort(), socket.getDstPort()))
                .collect(Collectors.toSet());
        Set<Integer> listening = sockets.stream()
                .filter(socket -> socket.getState() == LISTENING)
                .map(InetSocketEntry::getSrcPort)
                .collect(Collectors.toSet());
        return sockets.stream()
                .filter(TcpConnections::isConnection)
                .filter(socket -> sent.contains(new Ports(socket.getDstPort(), socket.getSrcPort()))
                        || socket.getState() == SYN_SENT && listening.contains(socket.getDstPort()))
                .map(socket -> new Ports(socket.getSrcPort(), socket.getDstPort()))
                .collect(Collectors.toSet());
    }

    private static boolean isConnection(InetSocketEntry socket) {
        return socket.getProto() == TCP && socket.getState() != CLOSED && socket.getState() != LISTENING;
    }

    private static List<InetSocketEntry> sockets(Path images) {
        try {
            return ImageFile.read(images.resolve(FILE_IMAGE), ImageKind.FILES, FileEntry.parser()).stream()
                    .filter(FileEntry::hasIsk)
                    .map(FileEntry::getIsk)
                    .toList();
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the sockets in " + images + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
