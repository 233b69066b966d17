package io.jmigrate.pages.server;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;

/**
 * Who has connected to a page server, a thread for each. The first who says something sensible gets the memory. One who says nothing is
 * in nobody's way.
 */
final class PageClients implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 64;

    // a host that is gone is noticed after a minute
    private static final int KEEPALIVE_SECONDS = 30;
    private static final int KEEPALIVE_PAUSE_SECONDS = 10;
    private static final int KEEPALIVE_PROBES = 3;

    private final ServerSocketChannel server;
    private final LazyPages pages;
    private final GivenPages given;
    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
    private final Map<SocketChannel, Thread> connections = new ConcurrentHashMap<>();
    private final AtomicReference<SocketChannel> chosen = new AtomicReference<>();
    private final Thread acceptor =
            Thread.ofPlatform().name("page-clients").daemon().unstarted(this::accept);
    private volatile boolean closed;

    private PageClients(ServerSocketChannel server, LazyPages pages, GivenPages given) {
        this.server = server;
        this.pages = pages;
        this.given = given;
    }

    /** Accepts from now on, until it is closed, and the server with it. */
    static PageClients of(ServerSocketChannel server, LazyPages pages, GivenPages given) {
        PageClients clients = new PageClients(server, pages, given);
        clients.acceptor.start();
        return clients;
    }

    /** What has happened, if something has or does within that time. */
    Optional<ClientEvent> next(Duration limit) {
        try {
            return Optional.ofNullable(events.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(PageCode.PAGES_IO, "interrupted").withCause(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                begin(server.accept());
            }
        } catch (IOException e) {
            if (!closed) {
                events.add(new ClientEvent.Ended(
                        false,
                        Failure.of(PageCode.PAGES_IO, "no more connections come: " + IoReason.of(e))
                                .withCause(e)));
            }
        }
    }

    private void begin(SocketChannel connection) throws IOException {
        if (connections.size() >= CONNECTIONS_MAX) {
            connection.close();
            return;
        }
        Thread thread = Thread.ofPlatform().name("page-client").daemon().unstarted(() -> serve(connection));
        connections.put(connection, thread);
        thread.start();
    }

    private void serve(SocketChannel connection) {
        String who = "the client "
                + connection.socket().getRemoteSocketAddress().toString().replace("/", "");
        try (connection) {
            boolean done = conversation(connection);
            tell(connection, done, who + (done ? " said that it is done" : " hung up"), null);
        } catch (RuntimeException e) {
            tell(connection, false, who + ": " + e.getMessage(), e);
        } catch (IOException e) {
            tell(connection, false, who + " is gone: " + IoReason.of(e), e);
        } finally {
            connections.remove(connection);
        }
    }

    private boolean conversation(SocketChannel connection) throws IOException {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        connection.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_SECONDS);
        connection.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_PAUSE_SECONDS);
        connection.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
        return new GivingEnd(connection, pages, given, () -> choose(connection)).serve();
    }

    private void choose(SocketChannel connection) {
        if (!chosen.compareAndSet(null, connection) && chosen.get() != connection) {
            throw PageMessage.refusal("is one too many: another client gets the memory");
        }
    }

    private void tell(SocketChannel connection, boolean done, String what, Exception cause) {
        events.add(
                chosen.get() == connection
                        ? new ClientEvent.Ended(
                                done, Failure.of(PageCode.PAGES_PROTOCOL, what).withCause(cause))
                        : new ClientEvent.TurnedAway(what));
    }

    /** Ends all conversations, and returns when nobody reads memory any more. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            acceptor.join(); // nobody comes any more
            for (SocketChannel connection : connections.keySet()) {
                connection.close();
            }
            for (Thread thread : connections.values()) {
                thread.join();
            }
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot close a connection: " + IoReason.of(e))
                    .withCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
