package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.LauncherProcess;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens launchers for programs that no front has started, such as a library's user or a test. */
public final class Launchers {
    private Launchers() {}

    /**
     * Starts a launcher process ({@code jmigrate --launcher}). It ends when the connection is closed; what it started lives on.
     *
     * @param frontProgram the front, for example {@code PREFIX/bin/jmigrate}
     */
    public static FrontConnection open(Path frontProgram) {
        return open(frontProgram, List.of());
    }

    /** As {@link #open}; orphaned descendants become the launcher's children, so that their ends are known too. */
    public static FrontConnection openSubreaper(Path frontProgram) {
        return open(frontProgram, List.of("--subreaper"));
    }

    private static FrontConnection open(Path frontProgram, List<String> options) {
        FdPair pair = Sockets.pair(SocketType.STREAM);
        Fd ours = pair.first();
        LauncherProcess process;
        try (Fd theirs = pair.second()) {
            List<String> argv = new ArrayList<>(
                    List.of(frontProgram.toString(), "--launcher", Integer.toString(LauncherProcess.SOCKET_NUMBER)));
            argv.addAll(options);
            process = LauncherProcess.start(frontProgram, argv, theirs);
        } catch (RuntimeException e) {
            try (ours) {
                throw e;
            }
        }
        return FrontConnection.over(ours, process::reap);
    }
}
