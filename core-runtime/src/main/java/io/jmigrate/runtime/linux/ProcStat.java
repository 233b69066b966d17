package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code /proc/PID/stat} (proc(5)), the fields that say who a process is.
 *
 * @param state for example {@code R}, {@code S}, {@code Z} (a zombie)
 * @param parent the parent's pid
 * @param group the id of its process group
 * @param session pid of the leader of its session
 * @param exiting whether it has begun to end: nothing of its program runs any more (PF_EXITING of its flags)
 * @param kernelThread whether it is the kernel's own (PF_KTHREAD)
 * @param nice of its first thread, -20 to 19
 * @param startTime clock ticks after boot
 */
public record ProcStat(
        char state,
        int parent,
        int group,
        int session,
        boolean exiting,
        boolean kernelThread,
        int nice,
        long startTime) {
    private static final Pattern PID = Pattern.compile("\\d{1,9}");
    private static final int GROUP_INDEX = 2; // field 5
    private static final int SESSION_INDEX = 3; // field 6
    private static final int FLAGS_INDEX = 6; // field 9
    // include/linux/sched.h
    private static final long PF_EXITING = 0x4;
    private static final long PF_KTHREAD = 0x200000;
    private static final int NICE_INDEX = 16; // field 19
    private static final int START_TIME_INDEX = 19; // field 22; field 3 has index 0

    /** Empty when there is no such process. */
    public static Optional<ProcStat> read(int pid) {
        try {
            byte[] content = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(parse(new String(content, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty(); // ENOENT, or ESRCH when it ended meanwhile
        }
    }

    /** Of all processes that {@code /proc} shows, by pid, ascending; those that end meanwhile are left out. */
    public static SortedMap<Integer, ProcStat> ofAll() {
        SortedMap<Integer, ProcStat> all = new TreeMap<>();
        String[] names =
                Path.of("/proc").toFile().list((_, name) -> PID.matcher(name).matches());
        for (String name : Objects.requireNonNull(names, "/proc can't be read")) {
            int pid = Integer.parseInt(name);
            read(pid).ifPresent(stat -> all.put(pid, stat));
        }
        return all;
    }

    static ProcStat parse(String line) {
        // the command name in field 2 may hold anything, also blanks and parentheses: the last one ends it
        String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
        long flags = Long.parseUnsignedLong(fields[FLAGS_INDEX]);
        return new ProcStat(
                fields[0].charAt(0),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[GROUP_INDEX]),
                Integer.parseInt(fields[SESSION_INDEX]),
                (flags & PF_EXITING) != 0,
                (flags & PF_KTHREAD) != 0,
                Integer.parseInt(fields[NICE_INDEX]),
                Long.parseUnsignedLong(fields[START_TIME_INDEX]));
    }

    /** Whether a signal has stopped it (SIGSTOP), until another one (SIGCONT). */
    public boolean stopped() {
        return state == 'T';
    }

    /** Whether it has ended: a zombie, or dead. */
    public boolean ended() {
        return state == 'Z' || state == 'X';
    }
}
