package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireException;
import io.jmigrate.runtime.wire.WireReader;
import io.jmigrate.runtime.wire.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The conversation with a front: it starts programs for us, reaps its children and passes signals on. One thread of its own reads;
 * what completes in it (signals, exits) must not wait for a launch.
 *
 * <p>When the front is gone, running launches and children complete with {@link LaunchException}; the children live on.
 */
public final class FrontConnection implements Launcher, AutoCloseable {
    private static final int NO_SIGNAL = 0;

    private final Fd socket;
    private final FrameChannel channel;
    private final Hello hello;
    private final Thread reader;
    private final Runnable afterClose;
    private final Children children = new Children();
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile boolean toldToExit;
    private final CallerSignals signals = new CallerSignals();

    private record Pending(Launch request, CompletableFuture<Child> child) {}

    private FrontConnection(Fd socket, FrameChannel channel, Hello hello, Runnable afterClose) {
        this.socket = socket;
        this.channel = channel;
        this.hello = hello;
        this.afterClose = afterClose;
        this.reader = Thread.ofPlatform().daemon().name("front").unstarted(this::readAll);
    }

    /**
     * Takes over the socket to a front and waits for its hello.
     *
     * @throws WireException if the peer isn't a front of this version; the socket is closed then
     */
    public static FrontConnection over(Fd socket) {
        return over(socket, () -> {});
    }

    static FrontConnection over(Fd socket, Runnable afterClose) {
        FrameChannel channel = new FrameChannel(socket);
        FrontConnection front = new FrontConnection(socket, channel, hello(socket, channel), afterClose);
        front.reader.start();
        return front;
    }

    private static Hello hello(Fd socket, FrameChannel channel) {
        try {
            return Hello.read(
                    channel.receive().orElseThrow(() -> new WireException("a front closed without a word", null)));
        } catch (RuntimeException e) {
            try (socket) {
                channel.dropDescriptors();
                throw e;
            }
        }
    }

    /** What the front's caller wants. */
    public Hello hello() {
        return hello;
    }

    @Override
    public Child launch(Launch request) {
        if (Thread.currentThread() == reader) {
            throw new IllegalStateException("a launch from within the front's own events would wait for itself");
        }
        int id = requests.incrementAndGet();
        CompletableFuture<Child> child = new CompletableFuture<>();
        pending.put(id, new Pending(request, child));
        if (closed.isDone()) {
            pending.remove(id);
            throw lost(null);
        }
        List<Integer> numbers = List.copyOf(request.descriptors().keySet());
        send(
                FrameType.SPAWN,
                SpawnFrames.encode(id, request, numbers),
                numbers.stream().map(request.descriptors()::get).toList());
        return joined(child);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LaunchException lost ? lost : e;
        }
    }

    @Override
    public Child adopt(int pid) {
        return children.adopted(pid);
    }

    @Override
    public void leaveChildren() {
        send(FrameType.LEAVE, new WireWriter(), List.of());
        joined(left); // before, it may still reap who ends at once
    }

    /** From now on the front sends the signals that it gets to this child; also those that came before and nobody was told of. */
    public void forwardSignals(Child child) {
        forward(child, NO_SIGNAL);
        // those that were on their way here go back to where they belong
        onSignal(signal -> forward(child, signal.number()));
    }

    private void forward(Child child, int signal) {
        send(FrameType.FORWARD, new WireWriter().u32(child.pid()).u32(signal), List.of());
    }

    /** Who is told of the signals that the front gets: INT, TERM, HUP, QUIT, WINCH, USR1, USR2; also of earlier ones. */
    public void onSignal(Consumer<Signal> handler) {
        signals.onEach(handler);
    }

    /**
     * Joins the front's terminal to that of a process until the command ends: what is typed goes there, raw, what it writes comes back,
     * and it gets the size of the front's, also when that changes.
     *
     * @param master of the process's terminal, which stays open here
     */
    public void joinTerminal(Fd master) {
        send(FrameType.JOIN_TERMINAL, new WireWriter(), List.of(master));
    }

    /** Who is told if the front is gone before the command is over, as if its terminal had hung up. */
    public void onHangUp(Runnable handler) {
        closed.thenRun(() -> {
            if (!toldToExit) {
                handler.run();
            }
        });
    }

    /** Tells the front to end with this code; the command is over then. */
    public void exit(int code) {
        toldToExit = true;
        send(FrameType.EXIT, new WireWriter().u32(code), List.of());
    }

    private void send(FrameType type, WireWriter payload, List<Fd> fds) {
        try {
            channel.send(type, payload, fds);
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EPIPE) || e.errno().equals(Errno.ECONNRESET)) {
                throw lost(e);
            }
            throw e;
        }
    }

    private static LaunchException lost(Throwable cause) {
        return LaunchException.lost("the front is gone", cause);
    }

    private void readAll() {
        Optional<Throwable> broken = Optional.empty();
        try {
            Optional<Frame> frame = channel.receive();
            while (frame.isPresent()) {
                handle(frame.get());
                frame = channel.receive();
            }
        } catch (RuntimeException e) {
            broken = Optional.of(e);
        }
        end(lost(broken.orElse(null)));
    }

    private void end(LaunchException why) {
        closed.complete(null);
        pending.values().forEach(waiting -> waiting.child().completeExceptionally(why));
        pending.clear();
        left.completeExceptionally(why);
        children.lose(why);
    }

    private void handle(Frame frame) {
        frame.fds().forEach(Fd::close);
        WireReader payload = frame.payload();
        switch (frame.type()) {
            case SPAWNED -> {
                Pending waiting = pending.remove(payload.u32());
                waiting.child().complete(children.started(payload.u32()));
            }
            case SPAWN_FAILED -> {
                Pending waiting = pending.remove(payload.u32());
                Errno errno = new Errno(payload.u32());
                waiting.child().completeExceptionally(SpawnFrames.refused(waiting.request(), errno, payload.u32()));
            }
            case EXITED -> children.ended(payload.u32(), ExitStatus.ofWaitStatus(payload.u32()));
            case LEFT -> left.complete(null);
            case SIGNAL -> signals.arrived(new Signal(payload.u32()));
            case HELLO, SPAWN, FORWARD, EXIT, LEAVE, JOIN_TERMINAL ->
                throw new WireException("an unexpected " + frame.type(), null);
        }
    }

    /** Ends the conversation; a launcher's process ends then, its children live on. */
    @Override
    public void close() {
        if (!socket.isOpen()) {
            return;
        }
        Sockets.shutdown(socket);
        try {
            if (Thread.currentThread() != reader) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
        afterClose.run();
    }
}
