package io.jmigrate.criu.rpc;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.feature.CriuVersion;
import io.jmigrate.criu.rpc.SwrkSocket.Packet;
import io.jmigrate.criu.rpc.wire.Version;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Starts {@code criu swrk}, in a session of its own so that a terminal's Ctrl-C doesn't reach it, and asks for its version.
 *
 * @param enclosure where it is
 */
record SwrkStart(Launcher launcher, CriuBinary criu, Enclosure enclosure) {
    /** CRIU answers within milliseconds; another program might never. */
    static final Duration FIRST_ANSWER_LIMIT = Duration.ofSeconds(10);

    private static final List<String> ENVIRONMENT =
            List.of("PATH=" + Swrk.SEARCH_PATH.stream().map(Path::toString).collect(Collectors.joining(":")));

    /**
     * Starts it.
     *
     * @param keyring name of its session keyring; absent: the launcher's
     * @param descriptors what it gets besides the socket, by number
     * @throws Failure CRIU_MISSING, CRIU_TOO_OLD
     */
    Swrk start(Optional<String> keyring, Map<Integer, Fd> descriptors) {
        FdPair pair = Sockets.pair(SocketType.SEQPACKET);
        try {
            Map<Integer, Fd> all = new HashMap<>(descriptors);
            all.put(Swrk.SOCKET_NUMBER, pair.second());
            Launch launch = command().withEnv(ENVIRONMENT).withDescriptors(all).inNewSession();
            Child process = launch(keyring.map(launch::inKeyring).orElse(launch));
            pair.second().close();
            SwrkSocket socket = new SwrkSocket(pair.first());
            return new Swrk(socket, process, version(socket, process), enclosure);
        } catch (RuntimeException e) {
            try (pair) {
                throw e;
            }
        }
    }

    private Child launch(Launch launch) {
        try {
            return launcher.launch(launch);
        } catch (LaunchException e) {
            throw Failure.of(CriuCode.CRIU_MISSING, "cannot execute CRIU: " + e.getMessage())
                    .withCause(e);
        }
    }

    private CriuVersion version(SwrkSocket socket, Child process) {
        CriuVersion version = ask(socket, process)
                .orElseThrow(() -> Failure.of(CriuCode.CRIU_MISSING, criu.path() + " does not answer as CRIU does"));
        if (!version.isUsable()) {
            throw Failure.of(
                    CriuCode.CRIU_TOO_OLD,
                    "CRIU " + version + " at " + criu.path() + " is too old: " + CriuVersion.REQUIRED
                            + " or newer is needed");
        }
        return version;
    }

    private static Optional<CriuVersion> ask(SwrkSocket socket, Child process) {
        try {
            socket.send(Calls.version());
            if (!socket.answersWithin(FIRST_ANSWER_LIMIT)) {
                Processes.kill(process.pid(), Signal.KILL);
                return Optional.empty();
            }
            Version version;
            try (Packet packet = socket.receive()) {
                version = packet.reply().getVersion();
            }
            return Optional.of(version)
                    .filter(Version::isInitialized)
                    .map(v -> new CriuVersion(v.getMajorNumber(), v.getMinorNumber(), v.getSublevel()));
        } catch (SwrkLostException e) {
            return Optional.empty();
        }
    }

    private Launch command() {
        List<String> words = new ArrayList<>(enclosure.command());
        // what its default.conf says would hold wherever the request says nothing, memory that is left out included
        words.addAll(
                List.of(criu.path().toString(), "--no-default-config", "swrk", Integer.toString(Swrk.SOCKET_NUMBER)));
        return Launch.of(Path.of(words.getFirst()), words.stream().skip(1).toArray(String[]::new));
    }
}
