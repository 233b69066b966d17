package io.jmigrate.pages.later;

import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The conversation with who brings memory into a container while some of it is still to come (native/fill/later.h). If he is killed while
 * he accepts a connection, that stays open and nobody reads it: so one that nobody reads is given up for another one.
 */
public final class FillerSocket implements FillerLink {
    private static final String SOCKET = "later-pages.socket";
    private static final int COME = 3;
    private static final int LOOK = 4;

    /** Whoever lives reads in milliseconds; one that is stopped hears in the next connection what was lost with this one. */
    private static final Duration SEND_LIMIT = Duration.ofSeconds(2);

    private final Path workDirectory;
    private final Listener listener;
    private final Duration sendLimit;
    private Optional<FillerConnection> connection;

    private FillerSocket(Path workDirectory, Listener listener, Duration sendLimit) {
        this.workDirectory = workDirectory;
        this.listener = listener;
        this.sendLimit = sendLimit;
        this.connection = open();
    }

    /**
     * Connects; whoever was connected before is not any more.
     *
     * @param workDirectory of the restore
     * @return empty if nobody brings memory any more
     */
    public static Optional<FillerLink> connect(Path workDirectory, Listener listener) {
        return connect(workDirectory, listener, SEND_LIMIT);
    }

    static Optional<FillerLink> connect(Path workDirectory, Listener listener, Duration sendLimit) {
        FillerSocket socket = new FillerSocket(workDirectory, listener, sendLimit);
        return socket.connection.map(_ -> socket);
    }

    /** Waits while others who are given up wait to be accepted. */
    private Optional<FillerConnection> open() {
        try (Fd directory = Descriptors.open(workDirectory, OpenFlag.DIRECTORY)) {
            // by its descriptor: the path may be longer than the name of a socket
            Path path = directory.procPath().resolve(SOCKET);
            Optional<Fd> connected = connected(path);
            while (connected.isEmpty()) {
                connected = connected(path);
            }
            return connected.map(socket -> new FillerConnection(socket, listener));
        } catch (LinuxException e) {
            return Optional.empty(); // it has taken its socket away, or died
        }
    }

    private Optional<Fd> connected(Path path) {
        try {
            return Optional.of(Sockets.connectForPackets(path, sendLimit));
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void come(PageRun run) {
        send(COME, Math.toIntExact(run.target().id()), run.address(), run.pages());
    }

    @Override
    public void look() {
        send(LOOK, 0, 0, 0);
    }

    private void send(int word, int process, long address, long pages) {
        ByteBuffer packet = packet(word, process, address, pages);
        while (connection.isPresent() && !connection.get().send(packet.duplicate())) {
            connectAnew();
        }
    }

    /** What was not read may have told of pages that have come. */
    private void connectAnew() {
        close();
        connection = open();
        connection.ifPresentOrElse(next -> next.send(packet(LOOK, 0, 0, 0)), listener::gone);
    }

    private static ByteBuffer packet(int word, int process, long address, long pages) {
        return ByteBuffer.allocate(FillerConnection.PACKET_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(word)
                .putInt(process)
                .putLong(address)
                .putLong(pages)
                .flip();
    }

    @Override
    public void close() {
        connection.ifPresent(FillerConnection::close);
    }
}
