package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireReader;
import io.jmigrate.runtime.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * What the native init says in one packet ({@code native/init/sync.h}).
 *
 * @param type one of the constants
 * @param a depends on the type
 * @param b likewise
 * @param descriptors that came with it, at most one
 */
record SyncMessage(int type, int a, int b, List<Fd> descriptors) {
    static final int CHILD = 1;
    static final int READY = 2;
    static final int FAILED = 3;
    static final int TERMINAL = 4;
    static final int HOOKS = 5;
    static final int HOOK_FAILED = 6;
    static final int MAPS = 7;
    static final int LISTENER = 8;

    private static final int PROCEED = 16;
    private static final int BYTES = 12;

    /** The next one; empty when the init has closed its end. */
    static Optional<SyncMessage> receive(Fd socket) {
        try {
            Received received = Sockets.receive(socket, BYTES, 1);
            if (received.eof()) {
                return Optional.empty();
            }
            WireReader reader = new WireReader(received.data());
            return Optional.of(new SyncMessage(reader.u32(), reader.u32(), reader.u32(), received.fds()));
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ECONNRESET)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Lets the init go on. */
    static void sendProceed(Fd socket) {
        Sockets.send(socket, new WireWriter().u32(PROCEED).u32(0).u32(0).toBuffer(), List.of());
    }
}
