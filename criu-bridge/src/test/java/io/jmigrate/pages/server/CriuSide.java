package io.jmigrate.pages.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Speaks the sender's part of the page-server protocol over a pair of Unix sockets. */
final class CriuSide implements AutoCloseable {
    static final int OPEN = 3;
    static final int OPEN2 = 4;
    static final int PARENT = 5;
    static final int ADD_F = 6;
    static final int GET = 7;
    static final int CLOSE = 0x1023;
    static final int FORCE_CLOSE = 0x1024;

    private final SocketChannel socket;
    private final SocketChannel peer;

    private CriuSide(SocketChannel socket, SocketChannel peer) {
        this.socket = socket;
        this.peer = peer;
    }

    static CriuSide connect() throws IOException {
        Path directory = Files.createTempDirectory("criu-side");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel socket = SocketChannel.open(address);
            return new CriuSide(socket, server.accept());
        } finally {
            Files.deleteIfExists(address.getPath());
            Files.delete(directory);
        }
    }

    /** What {@link PageServerEnd} is given. */
    SocketChannel peer() {
        return peer;
    }

    CriuSide command(int command, int flags, long pages, long address, long target) throws IOException {
        return raw(header(command, flags, pages, address, target));
    }

    static byte[] header(int command, int flags, long pages, long address, long target) {
        return ByteBuffer.allocate(PageMessage.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(0, flags << 16 | command)
                .putLong(8, pages)
                .putLong(16, address)
                .putLong(24, target)
                .array();
    }

    CriuSide raw(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
        return this;
    }

    /** The peer's answer as far as it sends one. */
    byte[] answer(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && socket.read(buffer) >= 0) {
            // until all is there or the peer has closed
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    int answerInt() throws IOException {
        return ByteBuffer.wrap(answer(Integer.BYTES))
                .order(ByteOrder.nativeOrder())
                .getInt();
    }

    CriuSide hangUp() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    static long process(int pid) {
        return (long) pid << 8 | 1;
    }

    static long shared(long id) {
        return id << 8 | 2;
    }

    @Override
    public void close() throws IOException {
        try (socket;
                peer) {
            // both
        }
    }
}
