package io.jmigrate.criu.outgoing;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.PageServerAddress;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.TcpConnection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * A {@code criu page-server} of a stock CRIU, here or on another host. It is connected to from here and not by CRIU, which works in the
 * container's network, and before the container is frozen.
 */
public final class RemotePageServer implements PageTarget {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final PageServerAddress address;
    private final Fd connection;

    private RemotePageServer(PageServerAddress address, Fd connection) {
        this.address = address;
        this.connection = connection;
    }

    /** @throws Failure PAGE_SERVER if nobody answers */
    public static RemotePageServer connect(PageServerAddress address) {
        try {
            Fd connection = TcpConnection.to(InetAddress.getByName(address.host()), address.port(), CONNECT_LIMIT);
            return new RemotePageServer(address, connection);
        } catch (UnknownHostException e) {
            throw unreachable(address, "the name is not known", e);
        } catch (LinuxException e) {
            throw unreachable(
                    address,
                    e.errno().equals(Errno.EINPROGRESS)
                            ? "it does not answer"
                            : e.errno().text(),
                    e);
        }
    }

    private static Failure unreachable(PageServerAddress address, String reason, Exception cause) {
        return Failure.of(CriuCode.PAGE_SERVER, "cannot reach the page server " + address + ": " + reason)
                .withCause(cause);
    }

    @Override
    public Fd criuEnd() {
        return connection;
    }

    @Override
    public void begin() {
        connection.close();
    }

    @Override
    public RuntimeException explain(RuntimeException dumpFailure) {
        dumpFailure.addSuppressed(Failure.of(
                CriuCode.PAGE_SERVER,
                "memory was being sent to the page server " + address + ", whose log may tell more"));
        return dumpFailure;
    }

    @Override
    public void close() {
        connection.close();
    }
}
