package io.jmigrate.criu.rpc;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;

/**
 * Waits for CRIU's next message while CRIU lives.
 *
 * @param socket where it comes
 * @param process CRIU's
 */
record Watch(SwrkSocket socket, Child process) {
    /** How long a CRIU that is gone may be waited for. */
    private static final Duration LOOK_FOR_END = Duration.ofMillis(100);

    /**
     * Returns when there is a message, or the socket's end.
     *
     * @throws SwrkLostException if CRIU is gone, or was killed because it showed no sign of life
     */
    void await(Vigil vigil) {
        Vigil.Look last = vigil.look(process.pid());
        long since = System.nanoTime();
        while (!answersWithin(vigil.pause())) {
            Vigil.Look now = vigil.look(process.pid());
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > vigil.silenceMax().toNanos()) {
                Processes.kill(process.pid(), Signal.KILL);
                throw new SwrkLostException(vigil.silenceMax());
            }
        }
    }

    /** A tree that CRIU has not finished still holds CRIU's end of the socket when CRIU is gone: no end can be read there. */
    private boolean answersWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            if (socket.answersWithin(LOOK_FOR_END)) {
                return true;
            }
            if (process.exited().isDone() && !socket.answersWithin(Duration.ZERO)) {
                throw new SwrkLostException("CRIU ended before it had answered", null);
            }
        } while (System.nanoTime() < deadline);
        return false;
    }
}
