package io.jmigrate.criu.rpc;

import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;

/**
 * Waits for CRIU's next message while CRIU lives.
 *
 * @param socket where it comes
 * @param process CRIU's
 */
record Watch(SwrkSocket socket, CriuProcess process) {
    /** How long a CRIU that is gone may be waited for. */
    private static final Duration LOOK_FOR_END = Duration.ofMillis(100);

    /** How long a CRIU that waits in vain may be silent. */
    private static final Duration HOPELESS = Duration.ofSeconds(1);

    /**
     * Returns when there is a message, or the socket's end.
     *
     * @param handler knows whether CRIU waits in vain
     * @throws SwrkLostException if CRIU is gone, or was killed because it showed no sign of life
     */
    void await(Vigil vigil, NotificationHandler handler) {
        Vigil.Look last = vigil.look(process.pid());
        long since = System.nanoTime();
        while (!answersWithin(vigil.pause())) {
            Vigil.Look now = vigil.look(process.pid());
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            } else {
                endIfHopeless(vigil, Duration.ofNanos(System.nanoTime() - since), handler);
            }
        }
    }

    private void endIfHopeless(Vigil vigil, Duration silence, NotificationHandler handler) {
        if (silence.compareTo(vigil.silenceMax()) > 0) {
            Processes.kill(process.pid(), Signal.KILL);
            throw new SwrkLostException(vigil.silenceMax());
        }
        if (silence.compareTo(HOPELESS) > 0) {
            handler.hopeless().ifPresent(why -> {
                Processes.kill(process.pid(), Signal.KILL);
                throw new SwrkLostException(why, null);
            });
        }
    }

    /** A tree that CRIU has not finished still holds CRIU's end of the socket when CRIU is gone: no end can be read there. */
    private boolean answersWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            if (socket.answersWithin(LOOK_FOR_END)) {
                return true;
            }
            if (process.hasEnded() && !socket.answersWithin(Duration.ZERO)) {
                throw SwrkSocket.ended(null);
            }
        } while (System.nanoTime() < deadline);
        return false;
    }
}
