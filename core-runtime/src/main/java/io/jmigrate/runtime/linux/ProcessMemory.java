package io.jmigrate.runtime.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The memory of a process, read by its addresses (proc_pid_mem(5)), also where the process itself may not read. */
public final class ProcessMemory implements AutoCloseable {
    private final Fd file;

    private ProcessMemory(Fd file) {
        this.file = file;
    }

    /**
     * Of the process's memory as it is now: when the process executes another program, it is another memory.
     *
     * @throws LinuxException ENOENT or ESRCH if the process has ended, EACCES or EPERM if it is not ours to read
     */
    public static ProcessMemory of(int pid) {
        return new ProcessMemory(Descriptors.open(Path.of("/proc/" + pid + "/mem")));
    }

    /** Reads from an address on as far as there is memory without a gap, at most to the buffer's limit; 0 if there is none. */
    public int read(ByteBuffer into, long address) {
        return Buffers.fill(into, (at, bytes) -> {
            long moved;
            do {
                moved = SystemCall.PREAD64.raw(file.number(), at, bytes, address);
            } while (moved == -Errno.EINTR.number());
            if (moved < 0 && moved != -Errno.EIO.number()) {
                throw new LinuxException("pread", new Errno((int) -moved), file.toString());
            }
            return Math.max(moved, 0);
        });
    }

    @Override
    public void close() {
        file.close();
    }
}
