package io.jmigrate.runtime.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.SpawnFileAction;

/**
 * A program that this JVM itself starts, by posix_spawn(3): a launcher, and nothing else. Everything else is started by a launcher
 * or a front.
 *
 * @param pid a child of this process, to be reaped
 */
public record LauncherProcess(int pid) {
    /** The number that the program's end of its socket has. */
    public static final int SOCKET_NUMBER = 3;

    /**
     * Starts the program with this process's environment and standard streams and a socket as {@link #SOCKET_NUMBER}.
     *
     * @throws LinuxException if it can't be executed
     */
    public static LauncherProcess start(Path program, List<String> argv, Fd socket) {
        POSIX posix = POSIXFactory.getPOSIX();
        List<String> env = System.getenv().entrySet().stream()
                .map((Map.Entry<String, String> variable) -> variable.getKey() + "=" + variable.getValue())
                .toList();
        // a copy has another number than the target, so that duplicating it clears its close-on-exec flag
        try (Fd copy = Descriptors.duplicate(socket)) {
            Fd source = copy.number() == SOCKET_NUMBER ? socket : copy;
            long pid = posix.posix_spawnp(
                    program.toString(), List.of(SpawnFileAction.dup(source.number(), SOCKET_NUMBER)), argv, env);
            if (pid <= 0) {
                throw new LinuxException("posix_spawn", new Errno(posix.errno()), program.toString());
            }
            return new LauncherProcess((int) pid);
        }
    }

    /** Waits until the program has ended, and reaps it. */
    public void reap() {
        Processes.waitpid(pid);
    }
}
