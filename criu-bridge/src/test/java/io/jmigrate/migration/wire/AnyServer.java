package io.jmigrate.migration.wire;

import io.jmigrate.migration.plan.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server on this host that is anything but a node. */
final class AnyServer implements AutoCloseable {
    /** What it does with each connection; the socket stays open afterwards unless it closes it. */
    @FunctionalInterface
    interface Manner {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> open = new ArrayList<>();

    AnyServer(Manner manner) throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(manner));
    }

    private void accept(Manner manner) {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                keep(socket);
                manner.serve(socket);
            }
        } catch (IOException e) {
            // the test is over, or the caller has hung up
        }
    }

    private synchronized void keep(Socket socket) {
        open.add(socket);
    }

    PeerAddress address() {
        return new PeerAddress("127.0.0.1", server.getLocalPort());
    }

    @Override
    public synchronized void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
