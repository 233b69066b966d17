package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Asks the kernel whether it has something, by a use of it that changes nothing. */
public final class KernelProbe {
    private static final long CLOSE_ON_EXEC = 02000000; // O_CLOEXEC
    private static final long PAGEMAP_SCAN = 0xC0606610L; // _IOWR('f', 16, struct pm_scan_arg), linux/fs.h
    private static final long SCAN_BYTES = 96; // struct pm_scan_arg, whose first field is its size

    private KernelProbe() {}

    /** Whether this process may have a userfaultfd (userfaultfd(2)): the one that it gets is closed at once. */
    public static boolean userfaultfd() {
        long result = SystemCall.USERFAULTFD.raw(CLOSE_ON_EXEC);
        if (result < 0) {
            return false; // ENOSYS or EPERM
        }
        Fd.of((int) result).close();
        return true;
    }

    /** Whether pages can be looked for by what they are (ioctl PAGEMAP_SCAN, Linux 6.7): a range without pages is. */
    public static boolean pagemapScan() {
        try (Arena arena = Arena.ofConfined();
                Fd pagemap = Descriptors.open(Path.of("/proc/self/pagemap"))) {
            MemorySegment scan = arena.allocate(SCAN_BYTES, Long.BYTES);
            scan.set(ValueLayout.JAVA_LONG, 0, SCAN_BYTES);
            return SystemCall.IOCTL.raw(pagemap.number(), PAGEMAP_SCAN, scan.address()) == 0;
        } catch (LinuxException e) {
            return false; // a kernel without that file
        }
    }
}
