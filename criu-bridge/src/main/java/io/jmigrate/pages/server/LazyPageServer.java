package io.jmigrate.pages.server;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives memory to a {@code criu lazy-pages --page-server} of another host, over a port. Whoever reaches the port gets the memory, in plain:
 * the protocol knows neither names nor secrets. It listens at one address and no other.
 */
public final class LazyPageServer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ServerSocketChannel socket;

    private LazyPageServer(ServerSocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Takes the address, so that nobody else can. Who connects waits until {@link #give} is called.
     *
     * @throws Failure PAGES_ADDRESS
     */
    public static LazyPageServer at(String host, int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                return new LazyPageServer(socket.bind(address));
            } catch (IOException e) {
                try (socket) {
                    throw e;
                }
            }
        } catch (UnknownHostException e) {
            throw refused(host, port, "the name is not known", e);
        } catch (IOException e) {
            throw refused(host, port, IoReason.of(e), e);
        }
    }

    private static Failure refused(String host, int port, String why, IOException cause) {
        return Failure.of(PageCode.PAGES_ADDRESS, "cannot listen at " + host + ", port " + port + ": " + why)
                .withCause(cause);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.socket().getLocalSocketAddress();
    }

    /**
     * Gives memory to the first who asks for some, until that client says that it is done or goes away. Others are sent away.
     *
     * @param patience how long nobody may ask for anything; absent: for ever
     */
    public Giving give(LazyPages pages, Optional<Duration> patience, GivingListener listener) {
        GivenPages given = new GivenPages(pages);
        try (PageClients clients = PageClients.of(socket, pages, given)) {
            return outcome(given, end(clients, given, patience, listener));
        } catch (RuntimeException e) {
            Failure why = e instanceof Failure failure
                    ? failure
                    : Failure.of(PageCode.PAGES_IO, "giving it away failed: " + e)
                            .withCause(e);
            return outcome(given, new ClientEvent.Ended(false, why));
        }
    }

    private static ClientEvent.Ended end(
            PageClients clients, GivenPages given, Optional<Duration> patience, GivingListener listener) {
        while (true) {
            listener.waiting(given.bytes(), given.bytesOfAll());
            Optional<ClientEvent> event = clients.next(LOOK);
            if (event.isPresent()) {
                switch (event.get()) {
                    case ClientEvent.Ended ended -> {
                        return ended;
                    }
                    case ClientEvent.TurnedAway(String why) -> listener.turnedAway(why);
                }
            }
            patience.filter(limit -> given.silentNanos() > limit.toNanos()).ifPresent(limit -> {
                throw Failure.of(
                        PageCode.PAGES_PROTOCOL, "nobody has asked for any of it for " + limit.toSeconds() + " s");
            });
        }
    }

    private static Giving outcome(GivenPages given, ClientEvent.Ended end) {
        if (end.done() && given.suffices()) {
            return new Giving.Complete(given.bytesOfAll() - given.bytes());
        }
        return given.bytes() == 0
                ? new Giving.NotBegun(end.why())
                : new Giving.CutOff(end.why(), given.bytes(), given.bytesOfAll());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot close the port of the page server: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
