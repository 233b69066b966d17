package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A userfaultfd that has the kernel note which pages of a process are written, and lets the process go on (userfaultfd(2), ioctl_userfaultfd(2),
 * {@code UFFD_FEATURE_WP_ASYNC}, Linux 6.7). {@link PagemapScan} tells which they are. When it is closed nothing is noted any more.
 */
public final class Userfaultfd implements AutoCloseable {
    private static final long UFFDIO_API = 0xC018AA3FL; // _IOWR(UFFDIO, 0x3F, struct uffdio_api), linux/userfaultfd.h
    private static final long UFFDIO_REGISTER = 0xC020AA00L; // _IOWR(UFFDIO, 0x00, struct uffdio_register)
    private static final long UFFDIO_WRITEPROTECT = 0xC018AA06L; // _IOWR(UFFDIO, 0x06, struct uffdio_writeprotect)
    private static final long UFFD_API = 0xAA;
    private static final long FEATURES = 1 | 1 << 13 | 1 << 15; // PAGEFAULT_FLAG_WP, WP_UNPOPULATED, WP_ASYNC
    private static final long MODE_WP = 1 << 1; // UFFDIO_REGISTER_MODE_WP

    private final Fd descriptor;

    private Userfaultfd(Fd descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Sets up a new one.
     *
     * @param descriptor of userfaultfd(2), by whichever process; closed if this fails
     * @throws LinuxException EINVAL if the kernel can't do so
     */
    public static Userfaultfd notingWrites(Fd descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment api = arena.allocateFrom(ValueLayout.JAVA_LONG, UFFD_API, FEATURES, 0);
            SystemCall.IOCTL.on("UFFDIO_API", descriptor.number(), UFFDIO_API, api.address());
            return new Userfaultfd(descriptor);
        } catch (RuntimeException e) {
            try (descriptor) {
                throw e;
            }
        }
    }

    /**
     * Has writes to all mappings between these addresses noted, once a scan has protected their pages.
     *
     * @param start a multiple of the size of a page
     * @param end behind the last byte
     * @throws LinuxException ESRCH if the process has ended or executes another program, EBUSY if another userfaultfd has a mapping,
     *     EINVAL if there is none
     */
    public void register(long start, long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocateFrom(ValueLayout.JAVA_LONG, start, end - start, MODE_WP, 0);
            SystemCall.IOCTL.on("UFFDIO_REGISTER", descriptor.number(), UFFDIO_REGISTER, range.address());
        }
    }

    /**
     * Takes the protection from all pages between these addresses: they count as written. Kernels before the fix of CVE-2025-21696 leave it
     * on the pages of a mapping that is moved (mremap(2)), which they register no more, so that writes to them are not noted.
     *
     * @throws LinuxException ENOENT if not all is registered, ESRCH if the process has ended
     */
    public void unprotect(long start, long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocateFrom(ValueLayout.JAVA_LONG, start, end - start, 0);
            SystemCall.IOCTL.on("UFFDIO_WRITEPROTECT", descriptor.number(), UFFDIO_WRITEPROTECT, range.address());
        }
    }

    /** Whether that descriptor of another process is of the same file as this one (kcmp(2)); false if the kernel doesn't tell. */
    public boolean isOpenIn(int pid, int number) {
        int file = 0; // KCMP_FILE
        long own = ProcessHandle.current().pid();
        return SystemCall.KCMP.raw(own, pid, file, descriptor.number(), number) == 0;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
