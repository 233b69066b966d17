package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until descriptors can be read or written (poll(2)). */
public final class Readiness {
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final int ENTRY_BYTES = 8; // struct pollfd: int fd, short events, short revents
    private static final int EVENTS_OFFSET = 4;
    private static final int RESULT_OFFSET = 6;

    private Readiness() {}

    /**
     * Waits until at least one descriptor has something to read, has reached its end, or is in error.
     *
     * @return those descriptors; empty if the time was over before
     */
    public static List<Fd> await(List<Fd> fds, Duration limit) {
        return await(fds, POLLIN, limit);
    }

    /** Whether a read answers at once, if need be after a wait: there is something, or the end, or an error. */
    public static boolean readable(Fd fd, Duration limit) {
        return !await(List.of(fd), POLLIN, limit).isEmpty();
    }

    /** Whether a write answers at once, if need be after a wait: a pipe has room for PIPE_BUF bytes, or there is an error. */
    public static boolean writable(Fd fd, Duration limit) {
        return !await(List.of(fd), POLLOUT, limit).isEmpty();
    }

    private static List<Fd> await(List<Fd> fds, short events, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = entries(arena, fds, events);
            MemorySegment timeout = arena.allocate(ValueLayout.JAVA_LONG, 2);
            long result;
            do {
                long nanos = Math.max(0, deadline - System.nanoTime());
                timeout.setAtIndex(ValueLayout.JAVA_LONG, 0, nanos / 1_000_000_000);
                timeout.setAtIndex(ValueLayout.JAVA_LONG, 1, nanos % 1_000_000_000);
                result = SystemCall.PPOLL.raw(entries.address(), fds.size(), timeout.address(), 0, 0);
            } while (result == -Errno.EINTR.number());
            if (result < 0) {
                throw new LinuxException("poll", new Errno((int) -result), "");
            }
            return ready(entries, fds);
        }
    }

    private static MemorySegment entries(Arena arena, List<Fd> fds, short events) {
        MemorySegment entries = arena.allocate((long) ENTRY_BYTES * fds.size(), Integer.BYTES);
        for (int i = 0; i < fds.size(); i++) {
            long at = (long) ENTRY_BYTES * i;
            entries.set(ValueLayout.JAVA_INT, at, fds.get(i).number());
            entries.set(ValueLayout.JAVA_SHORT, at + EVENTS_OFFSET, events);
        }
        return entries;
    }

    private static List<Fd> ready(MemorySegment entries, List<Fd> fds) {
        List<Fd> ready = new ArrayList<>();
        for (int i = 0; i < fds.size(); i++) {
            if (entries.get(ValueLayout.JAVA_SHORT, (long) ENTRY_BYTES * i + RESULT_OFFSET) != 0) {
                ready.add(fds.get(i));
            }
        }
        return ready;
    }
}
