package io.jmigrate.runtime.linux;

import java.nio.file.Path;

/** Asks the kernel whether it has something, by a use of it that changes nothing. */
public final class KernelProbe {
    private static final long CLOSE_ON_EXEC = 02000000; // O_CLOEXEC
    private static final long USER_MODE_ONLY = 1; // UFFD_USER_MODE_ONLY: what it is without privileges

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

    /** Whether userfaultfds can note writes without anybody who answers (UFFD_FEATURE_WP_ASYNC, Linux 6.7). */
    public static boolean writesNoted() {
        long result = SystemCall.USERFAULTFD.raw(CLOSE_ON_EXEC | USER_MODE_ONLY);
        if (result < 0) {
            return false; // ENOSYS or EPERM
        }
        try {
            Userfaultfd.notingWrites(Fd.of((int) result)).close();
            return true;
        } catch (LinuxException e) {
            return false; // EINVAL
        }
    }

    /** Whether pages can be looked for by what they are (ioctl PAGEMAP_SCAN, Linux 6.7): a range without pages is. */
    public static boolean pagemapScan() {
        try (PagemapScan scan = PagemapScan.of(Path.of("/proc/self/pagemap"))) {
            return scan.step(0, 0, PagemapScan.Choice.OWN, (_, _) -> {}) == 0;
        } catch (LinuxException e) {
            return false; // a kernel without that file, or without the call
        }
    }
}
