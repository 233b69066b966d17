package io.jmigrate.runtime.linux;

import java.util.Arrays;
import java.util.Locale;

/**
 * The system calls in use, by number, all made through libc's {@code syscall(2)}. Pointers travel as addresses, so callers keep the memory's arena open during the call.
 */
enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    LSEEK(8, 62),
    IOCTL(16, 29),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SHUTDOWN(48, 210),
    BIND(49, 200),
    LISTEN(50, 201),
    SOCKETPAIR(53, 199),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    WAIT4(61, 260),
    KILL(62, 129),
    FCNTL(72, 25),
    FLOCK(73, 32),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    GETUID(102, 174),
    GETGID(104, 176),
    GETEUID(107, 175),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    LSETXATTR(189, 6),
    GETXATTR(191, 8),
    LGETXATTR(192, 9),
    LLISTXATTR(195, 12),
    LREMOVEXATTR(198, 15),
    OPENAT(257, 56),
    MKNODAT(259, 33),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    PPOLL(271, 73),
    SPLICE(275, 76),
    UTIMENSAT(280, 88),
    FALLOCATE(285, 47),
    ACCEPT4(288, 242),
    PIPE2(293, 59),
    STATX(332, 291),
    SETNS(308, 268),
    KCMP(312, 272),
    MEMFD_CREATE(319, 279),
    BPF(321, 280),
    USERFAULTFD(323, 282),
    PIDFD_SEND_SIGNAL(424, 424),
    PIDFD_OPEN(434, 434),
    OPENAT2(437, 437),
    PIDFD_GETFD(438, 438);

    /** {@code AT_FDCWD}: relative names start at the working directory. */
    static final long AT_FDCWD = -100;

    private static final boolean ARM = architectureIsArm();

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /** Makes the call, at most six arguments, and returns what it returned; a negative errno is returned, not thrown. */
    long raw(long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        return ForeignCalls.systemCall(number(), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** Makes the call; a failure is a {@link LinuxException} about the subject. */
    long on(String subject, long... arguments) {
        long result = raw(arguments);
        if (result < 0) {
            throw new LinuxException(callName(), new Errno((int) -result), subject);
        }
        return result;
    }

    /** As {@link #on}, made again as long as a signal interrupts it. */
    long restarting(String subject, long... arguments) {
        long result = raw(arguments);
        while (result == -Errno.EINTR.number()) {
            result = raw(arguments);
        }
        if (result < 0) {
            throw new LinuxException(callName(), new Errno((int) -result), subject);
        }
        return result;
    }

    String callName() {
        return switch (this) {
            case OPENAT, OPENAT2 -> "open";
            case MKNODAT -> "mknod";
            case SYMLINKAT -> "symlink";
            case READLINKAT -> "readlink";
            case FCHMODAT -> "chmod";
            case PREAD64 -> "pread";
            case PWRITE64 -> "pwrite";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    private long number() {
        return ARM ? arm : x86;
    }

    private static boolean architectureIsArm() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> false;
            case "aarch64" -> true;
            default -> throw new UnsupportedOperationException("no system call numbers for the architecture " + name);
        };
    }
}
