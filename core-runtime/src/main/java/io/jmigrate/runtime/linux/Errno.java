package io.jmigrate.runtime.linux;

import java.util.Map;

/**
 * An error number of the kernel (errno(3)). Numbers are those of the generic Linux ABI (x86-64, arm64).
 *
 * @param number the errno value, positive
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno ESRCH = new Errno(3);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EIO = new Errno(5);
    public static final Errno ENXIO = new Errno(6);
    public static final Errno ENOEXEC = new Errno(8);
    public static final Errno EBADF = new Errno(9);
    public static final Errno ECHILD = new Errno(10);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno ENOMEM = new Errno(12);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EBUSY = new Errno(16);
    public static final Errno EEXIST = new Errno(17);
    public static final Errno ENODEV = new Errno(19);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno EISDIR = new Errno(21);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EROFS = new Errno(30);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno ELOOP = new Errno(40);
    public static final Errno ENOSYS = new Errno(38);
    public static final Errno EPROTO = new Errno(71);
    public static final Errno EPROTONOSUPPORT = new Errno(93);
    public static final Errno EOPNOTSUPP = new Errno(95);
    public static final Errno EMSGSIZE = new Errno(90);
    public static final Errno EADDRINUSE = new Errno(98);
    public static final Errno ECONNRESET = new Errno(104);
    public static final Errno ECONNREFUSED = new Errno(111);
    public static final Errno EINPROGRESS = new Errno(115);

    private static final Map<Integer, String[]> KNOWN = Map.ofEntries(
            entry(1, "EPERM", "operation not permitted"),
            entry(2, "ENOENT", "no such file or directory"),
            entry(3, "ESRCH", "no such process"),
            entry(4, "EINTR", "interrupted system call"),
            entry(5, "EIO", "input/output error"),
            entry(6, "ENXIO", "no such device or address"),
            entry(7, "E2BIG", "argument list too long"),
            entry(8, "ENOEXEC", "exec format error"),
            entry(9, "EBADF", "bad file descriptor"),
            entry(10, "ECHILD", "no child processes"),
            entry(11, "EAGAIN", "resource temporarily unavailable"),
            entry(12, "ENOMEM", "cannot allocate memory"),
            entry(13, "EACCES", "permission denied"),
            entry(15, "ENOTBLK", "block device required"),
            entry(16, "EBUSY", "device or resource busy"),
            entry(17, "EEXIST", "file exists"),
            entry(18, "EXDEV", "invalid cross-device link"),
            entry(19, "ENODEV", "no such device"),
            entry(20, "ENOTDIR", "not a directory"),
            entry(21, "EISDIR", "is a directory"),
            entry(22, "EINVAL", "invalid argument"),
            entry(23, "ENFILE", "too many open files in system"),
            entry(24, "EMFILE", "too many open files"),
            entry(25, "ENOTTY", "inappropriate ioctl for device"),
            entry(26, "ETXTBSY", "text file busy"),
            entry(27, "EFBIG", "file too large"),
            entry(28, "ENOSPC", "no space left on device"),
            entry(29, "ESPIPE", "illegal seek"),
            entry(30, "EROFS", "read-only file system"),
            entry(31, "EMLINK", "too many links"),
            entry(32, "EPIPE", "broken pipe"),
            entry(34, "ERANGE", "numerical result out of range"),
            entry(36, "ENAMETOOLONG", "file name too long"),
            entry(38, "ENOSYS", "function not implemented"),
            entry(39, "ENOTEMPTY", "directory not empty"),
            entry(40, "ELOOP", "too many levels of symbolic links"),
            entry(61, "ENODATA", "no data available"),
            entry(71, "EPROTO", "protocol error"),
            entry(74, "EBADMSG", "bad message"),
            entry(75, "EOVERFLOW", "value too large for defined data type"),
            entry(87, "EUSERS", "too many users"),
            entry(90, "EMSGSIZE", "message too long"),
            entry(95, "EOPNOTSUPP", "operation not supported"),
            entry(98, "EADDRINUSE", "address already in use"),
            entry(101, "ENETUNREACH", "network is unreachable"),
            entry(104, "ECONNRESET", "connection reset by peer"),
            entry(107, "ENOTCONN", "transport endpoint is not connected"),
            entry(110, "ETIMEDOUT", "connection timed out"),
            entry(111, "ECONNREFUSED", "connection refused"),
            entry(113, "EHOSTUNREACH", "no route to host"),
            entry(115, "EINPROGRESS", "operation now in progress"),
            entry(116, "ESTALE", "stale file handle"),
            entry(122, "EDQUOT", "disk quota exceeded"));

    private static Map.Entry<Integer, String[]> entry(int number, String name, String text) {
        return Map.entry(number, new String[] {name, text});
    }

    /** The symbol, for example {@code ENOENT}; {@code E123} when it isn't in the table. */
    public String name() {
        String[] known = KNOWN.get(number);
        return known == null ? "E" + number : known[0];
    }

    /** What strerror(3) says, in lower case, for example {@code no such file or directory}. */
    public String text() {
        String[] known = KNOWN.get(number);
        return known == null ? "error " + number : known[1];
    }

    @Override
    public String toString() {
        return name();
    }
}
