package io.jmigrate.pages.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of all kinds, and what becomes of the memory. */
@Timeout(60)
class LazyPageServerTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final long FIRST = HeldPages.FIRST.address();
    private static final long SECOND = HeldPages.SECOND.address();

    private final HeldPages memory = new HeldPages();
    private final List<String> turnedAway = new CopyOnWriteArrayList<>();
    private volatile Optional<Failure> cancelled = Optional.empty();
    private LazyPageServer server;
    private CompletableFuture<Giving> giving;

    @BeforeEach
    void open() {
        server = LazyPageServer.at("127.0.0.1", 0);
        serve(Optional.empty());
    }

    private void serve(Optional<Duration> patience) {
        GivingListener listener = new GivingListener() {
            @Override
            public void waiting(long bytes, long bytesOfAll) {
                cancelled.ifPresent(why -> {
                    throw why;
                });
            }

            @Override
            public void turnedAway(String why) {
                turnedAway.add(why);
            }
        };
        giving = CompletableFuture.supplyAsync(
                () -> server.give(memory, patience, listener),
                task -> Thread.ofPlatform().daemon().start(task));
    }

    @AfterEach
    void close() {
        cancelled = Optional.of(Failure.of(PageCode.PAGES_IO, "the test is over"));
        giving.join();
        server.close();
    }

    private Client client() throws IOException {
        return new Client(SocketChannel.open(server.address()));
    }

    /** A {@code criu lazy-pages}. */
    private record Client(SocketChannel socket) implements AutoCloseable {
        Client ask(long pid, long address, long pages) throws IOException {
            return send(CriuSide.header(CriuSide.GET, 0, pages, address, pid));
        }

        Client send(byte[] bytes) throws IOException {
            socket.write(ByteBuffer.wrap(bytes));
            return this;
        }

        byte[] read(int bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            while (buffer.hasRemaining() && socket.read(buffer) >= 0) {
                // until all is there
            }
            return java.util.Arrays.copyOf(buffer.array(), buffer.position());
        }

        /** The pages of an answer, whose header must be as CRIU wants it. */
        byte[] pages(long address, int pages) throws IOException {
            assertThat(read(PageMessage.BYTES))
                    .isEqualTo(CriuSide.header(CriuSide.ADD_F, 4, pages, address, HeldPages.PID));
            return read(pages * PAGE);
        }

        int closing() throws IOException {
            send(CriuSide.header(CriuSide.CLOSE, 0, 0, 0, 0));
            return ByteBuffer.wrap(read(Integer.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .getInt();
        }

        void awaitEnd() throws IOException {
            assertThat(read(1)).isEmpty();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void givesWhatIsAskedForUntilItIsAllThere() throws IOException {
        try (Client client = client()) {
            assertThat(client.ask(HeldPages.PID, FIRST, 1).pages(FIRST, 1)).isEqualTo(memory.content(FIRST, 1));
            assertThat(client.ask(HeldPages.PID, SECOND, 600).pages(SECOND, 600))
                    .isEqualTo(memory.content(SECOND, 600));
            assertThat(client.ask(HeldPages.PID, FIRST, 3).pages(FIRST, 3)).isEqualTo(memory.content(FIRST, 3));
            assertThat(client.closing()).isZero();
        }
        assertThat(giving.join()).isEqualTo(new Giving.Complete(0));
    }

    @Test
    void givesTheFirstPartOfWhatIsNotAllThere() throws IOException {
        try (Client client = client()) {
            assertThat(client.ask(HeldPages.PID, FIRST + PAGE, 1000).pages(FIRST + PAGE, 2))
                    .isEqualTo(memory.content(FIRST + PAGE, 2));
            assertThat(client.closing()).isZero();
        }
        assertThat(giving.join()).isEqualTo(new Giving.Complete(601 * PAGE));
    }

    @Test
    void aClientThatEndsBeforeItHasAskedForAnythingHasNothing() throws IOException {
        try (Client client = client()) {
            assertThat(client.closing()).isEqualTo(-1);
        }
        assertThat(giving.join()).isInstanceOfSatisfying(Giving.NotBegun.class, end -> assertThat(end.why())
                .hasMessageMatching("the client 127.0.0.1:\\d+ said that it is done"));
    }

    @Test
    void aClientThatEndsWhileTheRestoreIsNotCompleteIsCutOff() throws IOException {
        try (Client client = client()) {
            client.ask(HeldPages.PID, SECOND + 5 * PAGE, 1).pages(SECOND + 5 * PAGE, 1);
            assertThat(client.closing()).isEqualTo(-1);
        }
        assertThat(giving.join()).isInstanceOf(Giving.CutOff.class);
    }

    @Test
    void aClientThatHangsUpIsCutOffEvenIfAllWasSent() throws IOException {
        try (Client client = client()) {
            client.ask(HeldPages.PID, FIRST, 3).pages(FIRST, 3);
            client.ask(HeldPages.PID, SECOND, 600).pages(SECOND, 600);
        }
        assertThat(giving.join()).isInstanceOfSatisfying(Giving.CutOff.class, end -> {
            assertThat(end.why()).hasMessageEndingWith(" hung up");
            assertThat(end.bytes()).isEqualTo(603 * PAGE);
            assertThat(end.bytesOfAll()).isEqualTo(603 * PAGE);
        });
    }

    @Test
    void strangersAreSentAwayAndDisturbNobody() throws IOException {
        try (Client _ = client();
                Client asking = client()) {
            client().close();
            sent("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            sent(CriuSide.header(CriuSide.GET, 0, 1, FIRST, 8)); // a process that there is not
            sent(CriuSide.header(CriuSide.GET, 0, 1, FIRST + 3 * PAGE, HeldPages.PID)); // a page
            sent(CriuSide.header(CriuSide.GET, 0, 1, FIRST + 1, HeldPages.PID));
            sent(CriuSide.header(CriuSide.ADD_F, 2, 1, FIRST, (long) HeldPages.PID << 8 | 1));
            asking.ask(HeldPages.PID, SECOND, 2).pages(SECOND, 2);
            sent(CriuSide.header(CriuSide.GET, 0, 1, FIRST, HeldPages.PID)); // one too many
            assertThat(asking.closing()).isZero();
        }
        assertThat(giving.join()).isEqualTo(new Giving.Complete(601 * PAGE));
        assertThat(turnedAway).hasSizeBetween(7, 8); // the one that said nothing may be among them by now
        assertThat(String.join("\n", turnedAway))
                .contains(
                        " hung up",
                        " is not that of a CRIU from 4.2 on",
                        " no memory of process 8",
                        " asks for a page of process 7 that there is not: 0x103000",
                        " not the address of a page: 0x100001",
                        " sends pages, which this end only gives",
                        " is one too many: another client gets the memory");
    }

    /** Sends that and is hung up on. */
    private void sent(byte[] bytes) throws IOException {
        int before = turnedAway.size();
        try (Client client = client()) {
            client.send(bytes).awaitEnd();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset"); // it had said more than was read
        }
        await().until(() -> turnedAway.size() > before);
    }

    @Test
    void aClientThatTalksNonsenseAfterItGotMemoryIsCutOff() throws IOException {
        try (Client client = client()) {
            client.ask(HeldPages.PID, FIRST, 2).pages(FIRST, 2);
            client.ask(HeldPages.PID, 0x5000, 1).awaitEnd();
        }
        assertThat(giving.join()).isInstanceOf(Giving.CutOff.class);
    }

    @Test
    void memoryThatCannotBeReadEndsIt() throws IOException {
        memory.failing = true;
        try (Client client = client()) {
            client.ask(HeldPages.PID, FIRST, 2).awaitEnd();
        }
        assertThat(giving.join()).isInstanceOfSatisfying(Giving.NotBegun.class, end -> assertThat(end.why())
                .hasMessageEndingWith("cannot read the memory of process 7: No such process"));
    }

    @Test
    void whoIsToldToEndDoesSoWhateverHasBeenGiven() throws IOException {
        Failure why = Failure.of(PageCode.PAGES_IO, "that is enough");
        try (Client client = client()) {
            client.ask(HeldPages.PID, FIRST, 2).pages(FIRST, 2);
            cancelled = Optional.of(why);
            client.awaitEnd();
        }
        assertThat(giving.join()).isEqualTo(new Giving.CutOff(why, 2 * PAGE, 603 * PAGE));
    }

    @Test
    void nobodyIsWaitedForLongerThanWasSaid() {
        cancelled = Optional.of(Failure.of(PageCode.PAGES_IO, "that is enough"));
        assertThat(giving.join()).isInstanceOf(Giving.NotBegun.class);
        cancelled = Optional.empty();
        server = LazyPageServer.at("127.0.0.1", 0);
        serve(Optional.of(Duration.ofMillis(300)));

        assertThat(giving.join()).isInstanceOfSatisfying(Giving.NotBegun.class, end -> assertThat(end.why())
                .hasMessage("nobody has asked for any of it for 0 s"));
    }

    @Test
    void anAddressThatIsTakenIsRefused() {
        assertThatThrownBy(() -> LazyPageServer.at("127.0.0.1", server.address().getPort()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_ADDRESS))
                .hasMessage(
                        "cannot listen at 127.0.0.1, port " + server.address().getPort() + ": address already in use");
    }
}
