package io.jmigrate.pages.later;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The conversation with who brings memory into a container while some of it is still to come (native/fill/later.h). */
public final class FillerSocket implements FillerLink {
    private static final String SOCKET = "later-pages.socket";
    private static final int PACKET_BYTES = 24;
    private static final int DEMAND = 1;
    private static final int ANSWERED = 2;
    private static final int COME = 3;
    private static final int LOOK = 4;

    private final Fd socket;
    private final Listener listener;
    private final Thread thread;

    private FillerSocket(Fd socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("filler-link").daemon().start(this::hear);
    }

    /**
     * Connects; whoever was connected before is not any more.
     *
     * @param workDirectory of the restore
     * @return empty if nobody brings memory any more
     */
    public static Optional<FillerLink> connect(Path workDirectory, Listener listener) {
        try (Fd directory = Descriptors.open(workDirectory, OpenFlag.DIRECTORY)) {
            // by its descriptor: the path may be longer than the name of a socket
            return Optional.of(new FillerSocket(
                    Sockets.connectForPackets(directory.procPath().resolve(SOCKET)), listener));
        } catch (LinuxException e) {
            return Optional.empty(); // it has taken its socket away, or died
        }
    }

    private void hear() {
        try {
            Received received = Sockets.receive(socket, PACKET_BYTES, 0);
            while (received.data().remaining() == PACKET_BYTES) {
                hear(received.data().order(ByteOrder.nativeOrder()));
                received = Sockets.receive(socket, PACKET_BYTES, 0);
            }
        } catch (LinuxException e) {
            // it is over
        }
        listener.gone();
    }

    private void hear(ByteBuffer packet) {
        int word = packet.getInt();
        ProcessMemory process = new ProcessMemory(packet.getInt());
        long value = packet.getLong();
        long pages = packet.getLong();
        if (word == DEMAND) {
            listener.wanted(new PageRun(process, value, pages, PageContent.PRESENT_LAZY));
        } else if (word == ANSWERED) {
            listener.answered(value);
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
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(word)
                .putInt(process)
                .putLong(address)
                .putLong(pages)
                .flip();
        try {
            Sockets.send(socket, packet, List.of());
        } catch (LinuxException e) {
            // it is gone, which the other thread tells
        }
    }

    @Override
    public void close() {
        Sockets.shutdown(socket);
        try (socket) {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
