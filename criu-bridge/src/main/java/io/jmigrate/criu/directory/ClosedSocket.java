package io.jmigrate.criu.directory;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import java.util.Collections;

/**
 * Makes of a connection in files.img a socket whose connection has ended, as a restore with {@code --tcp-close} leaves it
 * (criu/sk-tcp.c, restore_one_tcp): whoever reads sees the end, whoever writes gets EPIPE. It is bound to no port, as the port may belong
 * to a socket that listens.
 */
final class ClosedSocket {
    private static final int CLOSED = 7; // TCP_CLOSE, include/net/tcp_states.h
    private static final int BOTH_WAYS = 3; // SHUT_RDWR, as sk-opts.proto has it

    private ClosedSocket() {}

    static FileEntry of(FileEntry connection) {
        InetSocketEntry socket = connection.getIsk();
        return connection.toBuilder()
                .setIsk(socket.toBuilder()
                        .setState(CLOSED)
                        .setShutdown(BOTH_WAYS)
                        .setSrcPort(0)
                        .setDstPort(0)
                        .clearSrcAddr()
                        .addAllSrcAddr(Collections.nCopies(socket.getSrcAddrCount(), 0))
                        .clearDstAddr()
                        .addAllDstAddr(Collections.nCopies(socket.getDstAddrCount(), 0)))
                .build();
    }
}
