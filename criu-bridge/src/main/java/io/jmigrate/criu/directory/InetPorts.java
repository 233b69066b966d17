package io.jmigrate.criu.directory;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.runtime.failure.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Other ports for the sockets that images have of a tree: those that listen, and those that are bound and have no other end. A connection
 * has its port at its other end too, and can't have another.
 *
 * @param ports from the port at the dump to the one at the restore
 * @param closes whether the restore closes connections
 */
record InetPorts(Map<Integer, Integer> ports, boolean closes) {
    // include/net/tcp_states.h
    private static final int CLOSED = 7;
    private static final int LISTENING = 10;

    InetPorts {
        ports = Map.copyOf(ports);
    }

    /**
     * Refuses what can't be: ports that no socket has, and ports of connections that are kept.
     *
     * @param entries of files.img
     * @throws Failure IMAGES_INVALID
     */
    void check(List<FileEntry> entries) {
        Set<Integer> missing = new HashSet<>(ports.keySet());
        for (FileEntry entry : entries) {
            if (entry.hasIsk() && ports.containsKey(entry.getIsk().getSrcPort())) {
                requireMovable(entry.getIsk());
                missing.remove(entry.getIsk().getSrcPort());
            }
        }
        if (!missing.isEmpty()) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            "no socket in the images has the port "
                                    + missing.iterator().next())
                    .withRemedy("jmigrate inspect --sockets lists those of images");
        }
    }

    private void requireMovable(InetSocketEntry socket) {
        if (!closes && hasOtherEnd(socket)) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            "a connection has the port " + socket.getSrcPort() + ", and its other end knows it by that")
                    .withRemedy("close connections at the checkpoint and the restore: --tcp-close");
        }
    }

    private static boolean hasOtherEnd(InetSocketEntry socket) {
        return socket.getDstPort() != 0 || socket.getState() != CLOSED && socket.getState() != LISTENING;
    }

    /** The entry with its new port, or as it is. */
    FileEntry moved(FileEntry entry) {
        if (!entry.hasIsk() || !ports.containsKey(entry.getIsk().getSrcPort())) {
            return entry;
        }
        InetSocketEntry.Builder socket = entry.getIsk().toBuilder();
        return entry.toBuilder()
                .setIsk(socket.setSrcPort(ports.get(socket.getSrcPort())))
                .build();
    }
}
