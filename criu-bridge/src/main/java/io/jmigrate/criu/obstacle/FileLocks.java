package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/** Counts locks of files, as CRIU finds them: in {@code /proc/PID/fdinfo} (proc_pid_fdinfo(5)). */
final class FileLocks {
    private static final String FIELD = "lock:";

    private FileLocks() {}

    /** How many the processes have; those that have ended meanwhile have none. */
    static long of(Collection<TreeProcess> processes) {
        return processes.stream()
                .flatMap(process -> process.files().stream().map(file -> descriptor(process, file)))
                .flatMap(FileLocks::locks)
                .distinct()
                .count();
    }

    private static Path descriptor(TreeProcess process, OpenFile file) {
        return Path.of("/proc/" + process.pid() + "/fdinfo/" + file.number());
    }

    private static Stream<String> locks(Path descriptor) {
        try {
            return locks(Files.readString(descriptor, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Stream.empty(); // ENOENT or ESRCH: it is closed
        }
    }

    /**
     * Each without its number, which is another one at each descriptor that shows it.
     *
     * @param fdinfo for example {@code lock:	1: FLOCK  ADVISORY  WRITE 359 00:13:11691 0 EOF}, a line each
     */
    static Stream<String> locks(String fdinfo) {
        return fdinfo.lines().filter(line -> line.startsWith(FIELD)).map(line -> line.substring(
                        line.indexOf(':', FIELD.length()) + 1)
                .strip());
    }
}
