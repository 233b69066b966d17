package io.jmigrate.migration.engine;

import io.jmigrate.runtime.launch.OwnCommandLine;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Programs that started a container and wait for its end, to remove it: its parent, by name. */
final class Monitor {
    private static final List<String> ENGINES = List.of("conmon", "containerd-shim");
    private static final String FRONT = "jmigrate";
    /** Commands of ours that return when the container has ended, unless they are detached, and have returned then. */
    private static final Set<String> FOREGROUND = Set.of("run", "restore");

    private Monitor() {}

    /** @param init a container's first process @return who waits for it, such as {@code conmon (process 17)} */
    static Optional<String> of(ProcessRef init) {
        return ProcStat.read(init.pid()).map(ProcStat::parent).flatMap(parent -> name(parent)
                .map(name -> name + " (process " + parent + ")"));
    }

    private static Optional<String> name(int pid) {
        Path process = Path.of("/proc/" + pid);
        try {
            String name = Files.readString(process.resolve("comm")).strip();
            List<String> words =
                    List.of(Files.readString(process.resolve("cmdline")).split("\0"));
            return Optional.of(name).filter(_ -> waits(name, words));
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    /** @param name as the kernel has it, 15 characters at most (proc_pid_comm(5)) @param words of its command line */
    static boolean waits(String name, List<String> words) {
        return ENGINES.stream().anyMatch(name::startsWith)
                || name.equals(FRONT)
                        && OwnCommandLine.verb(words.subList(1, words.size()))
                                .filter(FOREGROUND::contains)
                                .isPresent();
    }
}
