package io.jmigrate.runtime.linux;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file descriptor with one owner, who closes it. Closing it twice is harmless; using it after that is an error, so that a
 * number which the kernel has given to somebody else is never touched.
 */
public final class Fd implements AutoCloseable {
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    /** Takes over the ownership of an open descriptor. */
    public static Fd of(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not a descriptor: " + number);
        }
        return new Fd(number);
    }

    /**
     * The descriptor's number in this process.
     *
     * @throws IllegalStateException if it is closed
     */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("descriptor " + number + " is closed");
        }
        return number;
    }

    public boolean isOpen() {
        return !closed.get();
    }

    /** Gives the ownership away: the number is returned and this object counts as closed. */
    public int release() {
        int released = number();
        closed.set(true);
        return released;
    }

    /** The name under which this process can open the same file again: {@code /proc/self/fd/N}. */
    public Path procPath() {
        return Path.of("/proc/self/fd/" + number());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            long result = SystemCall.CLOSE.raw(number);
            // EINTR leaves the descriptor closed on Linux (close(2))
            if (result < 0 && -result != Errno.EINTR.number()) {
                throw new LinuxException("close", new Errno((int) -result), toString());
            }
        }
    }

    @Override
    public String toString() {
        return "descriptor " + number;
    }
}
