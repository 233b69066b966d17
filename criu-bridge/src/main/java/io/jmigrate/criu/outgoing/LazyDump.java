package io.jmigrate.criu.outgoing;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;

/**
 * What CRIU gets so that it leaves lazy memory in the tree and waits in {@code post-dump} until somebody has taken it.
 *
 * <p>By itself it would serve the pages over a port that is open to everybody, and what it is told of a page server by RPC doesn't count
 * then. So it gets a configuration file, in memory, that gives it the end of a socket in place of the port. Nobody is at the other end: it
 * finds it closed after {@code post-dump}, takes that for a peer who has got all, and ends the dump (criu/page-xfer.c,
 * page_server_serve).
 */
public final class LazyDump implements PageTarget {
    private static final int SOCKET_NUMBER = Swrk.FIRST_FREE_NUMBER;

    private final FdPair pair = Sockets.pair(SocketType.STREAM);

    @Override
    public Fd criuEnd() {
        return pair.second();
    }

    @Override
    public DumpRequest.Memory memory() {
        return new DumpRequest.Memory.LeftInTree();
    }

    @Override
    public CriuConfig configured(CriuConfig container) {
        return container.with("ps-socket", Integer.toString(SOCKET_NUMBER));
    }

    /** Nobody sends anything: CRIU alone holds what it got, and will find the other end closed. */
    @Override
    public void begin() {
        close();
    }

    @Override
    public RuntimeException explain(RuntimeException dumpFailure) {
        return dumpFailure;
    }

    @Override
    public void close() {
        pair.close();
    }
}
