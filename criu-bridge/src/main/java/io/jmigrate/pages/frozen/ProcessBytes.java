package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The memory of a process that stands still.
 *
 * @param pid as this process sees it
 * @param memory /proc/PID/mem, closed with this
 */
record ProcessBytes(int pid, Fd memory) implements ProcessSource {
    /** @throws LinuxException if the process is not there or may not be read */
    static ProcessBytes open(int pid) {
        return new ProcessBytes(pid, Descriptors.open(Path.of("/proc/" + pid + "/mem")));
    }

    @Override
    public void read(long address, ByteBuffer into) {
        try {
            if (!Descriptors.preadFully(memory, into, address)) {
                throw unreadable(address, "there is none", null);
            }
        } catch (LinuxException e) {
            throw unreadable(address, e.errno().text(), e);
        }
    }

    private Failure unreadable(long address, String why, LinuxException cause) {
        return Failure.of(
                        PageCode.PAGES_IO,
                        "cannot read the memory of process " + pid + " at 0x" + Long.toHexString(address) + ": " + why)
                .withCause(cause);
    }

    @Override
    public void close() {
        memory.close();
    }
}
