package io.jmigrate.criu.rpc;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.feature.CriuFeatures;
import io.jmigrate.criu.feature.CriuVersion;
import io.jmigrate.criu.rpc.SwrkSocket.Packet;
import io.jmigrate.criu.rpc.wire.Call;
import io.jmigrate.criu.rpc.wire.Notice;
import io.jmigrate.criu.rpc.wire.Reply;
import io.jmigrate.criu.rpc.wire.Verb;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One {@code criu swrk} process of a version that can be used, good for one call.
 *
 * <p>Refusing a notification: {@code post-dump} thaws the tree, {@code post-restore} kills it, {@code pre-resume} is ignored, all
 * others fail the call.
 */
public final class Swrk implements AutoCloseable {
    /** The descriptor that CRIU has its end of the socket at; others come after it. */
    static final int SOCKET_NUMBER = 3;

    /** The first number that is free for descriptors to hand over. */
    public static final int FIRST_FREE_NUMBER = SOCKET_NUMBER + 1;

    /** Where CRIU finds the programs that it executes (ip, iptables, tar and gzip), and is found the one that starts it. */
    public static final List<Path> SEARCH_PATH = Stream.of(
                    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
            .map(Path::of)
            .toList();

    private final SwrkSocket socket;
    private final CriuProcess process;
    private final CriuVersion version;
    private final Enclosure enclosure;
    private boolean left;

    Swrk(SwrkSocket socket, Child process, CriuVersion version, Enclosure enclosure) {
        this.socket = socket;
        this.process = CriuProcess.of(process);
        this.version = version;
        this.enclosure = enclosure;
    }

    /**
     * Starts CRIU, in a session of its own so that a terminal's Ctrl-C doesn't reach it, and asks for its version.
     *
     * @param network the network namespace to start it in; absent: the launcher's
     * @param descriptors what it gets besides the socket, by number, from {@link #FIRST_FREE_NUMBER} on; they stay open here
     * @throws Failure CRIU_MISSING if it can't be executed or isn't CRIU, CRIU_TOO_OLD
     */
    public static Swrk start(Launcher launcher, CriuBinary criu, Optional<Path> network, Map<Integer, Fd> descriptors) {
        return start(launcher, criu, network, Optional.empty(), descriptors);
    }

    /**
     * The same, with a session keyring that what it restores has too: CRIU restores none.
     *
     * @param keyring its name; absent: the launcher's keyring
     */
    public static Swrk start(
            Launcher launcher,
            CriuBinary criu,
            Optional<Path> network,
            Optional<String> keyring,
            Map<Integer, Fd> descriptors) {
        return new SwrkStart(launcher, criu, network.map(Enclosure::network).orElse(Enclosure.NONE))
                .start(keyring, descriptors);
    }

    /**
     * The same somewhere else.
     *
     * @param handed see {@link Enclosure#handed}
     */
    public static Swrk start(
            Launcher launcher,
            CriuBinary criu,
            Enclosure enclosure,
            Map<Integer, Fd> handed,
            Map<Integer, Fd> descriptors) {
        Map<Integer, Fd> all = new HashMap<>(descriptors);
        all.putAll(handed);
        return new SwrkStart(launcher, criu, enclosure).start(Optional.empty(), all);
    }

    /** Its version, one that can be used. */
    public CriuVersion version() {
        return version;
    }

    /** CRIU's process, a child of the launcher's. */
    public Child process() {
        return process.child();
    }

    /** That process among all others; empty if it ended as soon as it was started. */
    public Optional<ProcessRef> ref() {
        return process.ref();
    }

    /**
     * Asks what the kernel can do for it. This is the call that this process is good for.
     *
     * @return empty if it does not say, as for an ordinary user
     */
    public Optional<CriuFeatures> features() {
        try {
            socket.send(Calls.features());
            if (!socket.answersWithin(SwrkStart.FIRST_ANSWER_LIMIT)) {
                Processes.kill(process.pid(), Signal.KILL);
                return Optional.empty();
            }
            try (Packet packet = socket.receive()) {
                return Optional.of(packet.reply())
                        .filter(reply -> reply.getSuccess() && reply.hasFeatures())
                        .map(Reply::getFeatures)
                        .map(found -> new CriuFeatures(found.getMemTrack(), found.getLazyPages()));
            }
        } catch (SwrkLostException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes the call and answers what CRIU asks back. A CRIU that shows no sign of life is killed, and so is one that waits in
     * vain.
     *
     * @return CRIU's last word, be it success or not
     * @throws SwrkLostException if CRIU ends without one
     */
    public Reply call(Call call, NotificationHandler handler, Vigil vigil) {
        Watch watch = new Watch(socket, process);
        socket.send(enclosure.hidesClient() ? Calls.withHanded(call) : call);
        Packet packet = receive(watch, vigil, handler);
        while (packet.reply().getType() == Verb.VERB_NOTIFY) {
            try (Packet notice = packet) {
                Notification notification = notification(notice);
                boolean consent = handler.answer(notification);
                socket.send(Calls.answer(consent));
                handler.answered(notification, consent);
            }
            packet = receive(watch, vigil, handler);
        }
        try (Packet last = packet) {
            return last.reply();
        }
    }

    private Packet receive(Watch watch, Vigil vigil, NotificationHandler handler) {
        watch.await(vigil, handler);
        return socket.receive();
    }

    private static Notification notification(Packet packet) {
        Notice notice = packet.reply().getNotify();
        boolean named = notice.hasPid() && notice.getPid() > 0;
        return new Notification(
                notice.getScript(),
                named ? OptionalInt.of(notice.getPid()) : OptionalInt.empty(),
                packet.descriptors().stream().findFirst());
    }

    /** Hangs up, and waits for nothing: what CRIU was started by goes on with the tree. */
    public void leave() {
        left = true;
        socket.close();
    }

    /** Hangs up and waits until CRIU has ended, so that it holds nothing any more. */
    @Override
    public void close() {
        if (left) {
            return;
        }
        socket.close();
        process.awaitEnd();
    }
}
