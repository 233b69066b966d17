package io.jmigrate.criu.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How long CRIU may show no sign of life while it is waited for. A sign is a message, a change of the log's size, or processor time: a big
 * tree takes its time, a CRIU that is stopped or waits for what never comes does none of these.
 *
 * @param silenceMax without a sign of life
 * @param log of CRIU's, which need not be there yet
 */
public record Vigil(Duration silenceMax, Path log) {
    /** Of a dump, in which CRIU does all by itself: long enough for a disk that has gone to sleep. */
    public static final Duration SILENCE_OF_DUMP = Duration.ofMinutes(10);

    /** Of a restore, in which CRIU waits in silence until the processes of the tree have read their memory. */
    public static final Duration SILENCE_OF_RESTORE = Duration.ofHours(1);

    private static final int LOOKS = 20;
    private static final Duration PAUSE_MAX = Duration.ofMillis(500);

    public Vigil {
        Objects.requireNonNull(silenceMax);
        Objects.requireNonNull(log);
    }

    /** How long to wait between two looks. */
    Duration pause() {
        Duration pause = silenceMax.dividedBy(LOOKS).plusMillis(1);
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /**
     * What is seen of a process at a moment; another value is a sign of life.
     *
     * @param log its size in bytes, -1 without one
     * @param processor what the kernel says of the process's time on a processor (/proc/PID/schedstat, its first field)
     */
    record Look(long log, String processor) {}

    Look look(int pid) {
        long size = -1;
        String processor = "";
        try {
            size = Files.size(log);
        } catch (IOException e) {
            // it has not begun to write
        }
        try {
            processor = Files.readString(Path.of("/proc/" + pid + "/schedstat")).split(" ")[0];
        } catch (IOException e) {
            // it is gone, or the kernel keeps no such account
        }
        return new Look(size, processor);
    }
}
