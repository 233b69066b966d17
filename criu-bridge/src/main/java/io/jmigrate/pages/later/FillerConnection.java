package io.jmigrate.pages.later;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One connection to who brings memory into a container, and a thread that hears what comes over it. */
final class FillerConnection implements AutoCloseable {
    static final int PACKET_BYTES = 24;
    private static final int DEMAND = 1;
    private static final int ANSWERED = 2;

    private final Fd socket;
    private final FillerLink.Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    /** @param socket closed with this; it waits only so long for whoever doesn't read */
    FillerConnection(Fd socket, FillerLink.Listener listener) {
        this.socket = socket;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("filler-link").daemon().start(this::hear);
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
        if (!closed) {
            listener.gone();
        }
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

    /** @return false if nobody reads it */
    boolean send(ByteBuffer packet) {
        try {
            Sockets.send(socket, packet, List.of());
            return true;
        } catch (LinuxException e) {
            return !e.errno().equals(Errno.EAGAIN); // else it is gone, which the other thread tells
        }
    }

    /** Says nothing to the listener from then on. */
    @Override
    public void close() {
        closed = true;
        Sockets.shutdown(socket);
        try (socket) {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
