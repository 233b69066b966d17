package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Calls on file descriptors. Everything opened here is close-on-exec. Calls that may wait hold their thread meanwhile. */
public final class Descriptors {
    private static final long O_CLOEXEC = 02000000;
    private static final long F_DUPFD_CLOEXEC = 1030;
    private static final long F_ADD_SEALS = 1033;
    private static final long SEAL_ALL = 1 | 2 | 4 | 8; // SEAL, SHRINK, GROW, WRITE
    private static final long MFD_CLOEXEC_ALLOW_SEALING = 1 | 2;
    private static final int PATH_BYTES_MAX = 4096;
    private static final long BENEATH_WITHOUT_LINKS = 8 | 4 | 2; // RESOLVE_BENEATH, NO_SYMLINKS, NO_MAGICLINKS
    private static final long SEEK_SET = 0;
    private static final long PUNCH_HOLE_KEEP_SIZE = 2 | 1;

    private Descriptors() {}

    /** Opens an existing file (open(2)). */
    public static Fd open(Path path, OpenFlag... flags) {
        return open(path, 0, flags);
    }

    /**
     * Opens a file and makes it if {@link OpenFlag#CREATE} is given.
     *
     * @param mode permission bits of a new file, before the umask
     */
    public static Fd open(Path path, int mode, OpenFlag... flags) {
        long bits = bits(flags);
        try (Arena arena = Arena.ofConfined()) {
            long name = CStrings.of(arena, path.toString()).address();
            return Fd.of((int) SystemCall.OPENAT.restarting(path.toString(), SystemCall.AT_FDCWD, name, bits, mode));
        }
    }

    /**
     * Opens what exists below a directory, whoever changes it meanwhile: no component may be a symbolic link (openat2(2), Linux 5.6).
     *
     * @param path relative, without {@code ..}
     * @throws LinuxException ELOOP if there is a link on the way
     */
    public static Fd openBeneath(Fd directory, String path, OpenFlag... flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(ValueLayout.JAVA_LONG, 3); // struct open_how: flags, mode, resolve
            how.setAtIndex(ValueLayout.JAVA_LONG, 0, bits(flags));
            how.setAtIndex(ValueLayout.JAVA_LONG, 2, BENEATH_WITHOUT_LINKS);
            long name = CStrings.of(arena, path).address();
            return Fd.of(
                    (int) SystemCall.OPENAT2.restarting(path, directory.number(), name, how.address(), how.byteSize()));
        }
    }

    private static long bits(OpenFlag... flags) {
        long bits = O_CLOEXEC;
        for (OpenFlag flag : flags) {
            bits |= flag.bit();
        }
        return bits;
    }

    /** Reads up to the buffer's remaining bytes; 0 means the end of the file (read(2)). */
    public static int read(Fd fd, ByteBuffer target) {
        return Buffers.fill(target, (at, n) -> SystemCall.READ.restarting(fd.toString(), fd.number(), at, n));
    }

    /** Writes at least one byte of the buffer, unless it is empty, and returns how many (write(2)). */
    public static int write(Fd fd, ByteBuffer source) {
        return Buffers.drain(source, (at, n) -> SystemCall.WRITE.restarting(fd.toString(), fd.number(), at, n));
    }

    /** Writes the whole buffer. */
    public static void writeFully(Fd fd, ByteBuffer source) {
        while (source.hasRemaining()) {
            write(fd, source);
        }
    }

    /** Gives a file a size; what it gains is a hole (ftruncate(2)). */
    public static void setSize(Fd fd, long bytes) {
        SystemCall.FTRUNCATE.restarting(fd.toString(), fd.number(), bytes);
    }

    /** Takes bytes out of a file: they read as zeros, and its size stays (fallocate(2), FALLOC_FL_PUNCH_HOLE). */
    public static void punchHole(Fd fd, long offset, long bytes) {
        SystemCall.FALLOCATE.restarting(fd.toString(), fd.number(), PUNCH_HOLE_KEEP_SIZE, offset, bytes);
    }

    /** Has the next byte read or written be the one at this offset; nothing changes for /dev/null (lseek(2), SEEK_SET). */
    public static void seek(Fd fd, long offset) {
        SystemCall.LSEEK.restarting(fd.toString(), fd.number(), offset, SEEK_SET);
    }

    /** Reads at an offset in bytes; 0 means the end of the file (pread(2)). */
    public static int pread(Fd fd, ByteBuffer target, long offset) {
        return Buffers.fill(
                target, (at, n) -> SystemCall.PREAD64.restarting(fd.toString(), fd.number(), at, n, offset));
    }

    /** Fills the buffer from an offset in bytes on. @return false if the file ends before; what there was is in the buffer then */
    public static boolean preadFully(Fd fd, ByteBuffer target, long offset) {
        long at = offset;
        while (target.hasRemaining()) {
            int bytes = pread(fd, target, at);
            if (bytes == 0) {
                return false;
            }
            at += bytes;
        }
        return true;
    }

    /** Writes the whole buffer at an offset in bytes. */
    public static void pwriteFully(Fd fd, ByteBuffer source, long offset) {
        long at = offset;
        while (source.hasRemaining()) {
            at += pwrite(fd, source, at);
        }
    }

    /** Writes at an offset in bytes (pwrite(2)). */
    public static int pwrite(Fd fd, ByteBuffer source, long offset) {
        return Buffers.drain(
                source, (at, n) -> SystemCall.PWRITE64.restarting(fd.toString(), fd.number(), at, n, offset));
    }

    /** A new pipe: {@code first} is read, {@code second} is written (pipe(2)). */
    public static FdPair pipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
            SystemCall.PIPE2.on("", pair.address(), O_CLOEXEC);
            return pairAt(pair);
        }
    }

    static FdPair pairAt(MemorySegment pair) {
        return new FdPair(
                Fd.of(pair.getAtIndex(ValueLayout.JAVA_INT, 0)), Fd.of(pair.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }

    /** Another descriptor of the same open file (dup(2)). */
    public static Fd duplicate(Fd fd) {
        return duplicate(fd.number());
    }

    /** Another descriptor of the open file that a number stands for, for example 0, 1 or 2, which nobody owns. */
    public static Fd duplicate(int number) {
        return Fd.of((int) SystemCall.FCNTL.on("descriptor " + number, number, F_DUPFD_CLOEXEC, 3));
    }

    /**
     * A file in memory (memfd_create(2)) that holds the content, at offset 0.
     *
     * @param sealed whether nobody, this process included, can change it any more
     */
    public static Fd memfd(String name, ByteBuffer content, boolean sealed) {
        Fd fd;
        try (Arena arena = Arena.ofConfined()) {
            long address = CStrings.of(arena, name).address();
            fd = Fd.of((int) SystemCall.MEMFD_CREATE.on(name, address, MFD_CLOEXEC_ALLOW_SEALING));
        }
        try {
            pwriteFully(fd, content, 0);
            if (sealed) {
                SystemCall.FCNTL.on(name, fd.number(), F_ADD_SEALS, SEAL_ALL);
            }
            return fd;
        } catch (RuntimeException e) {
            try (fd) {
                throw e;
            }
        }
    }

    /** What a symbolic link says, for example that of {@code /proc/self/fd/3} (readlink(2)). */
    public static String readlink(Path link) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(PATH_BYTES_MAX);
            long name = CStrings.of(arena, link.toString()).address();
            long bytes = SystemCall.READLINKAT.on(
                    link.toString(), SystemCall.AT_FDCWD, name, target.address(), target.byteSize());
            return StandardCharsets.UTF_8
                    .decode(target.asSlice(0, bytes).asByteBuffer())
                    .toString();
        }
    }

    /** What the descriptor stands for, as the kernel names it, for example {@code pipe:[4711]} or a path. */
    public static String target(Fd fd) {
        return readlink(fd.procPath());
    }

    /**
     * Moves bytes between two descriptors, one of which is a pipe, without copying them through this process (splice(2)).
     *
     * @return bytes moved; 0 at the end of the input
     */
    public static long splice(Fd from, Fd to, long bytes) {
        return SystemCall.SPLICE.restarting(from + " to " + to, from.number(), 0, to.number(), 0, bytes, 0);
    }

    /** Forces a file's content and metadata to the disk (fsync(2)). */
    public static void fsync(Fd fd) {
        SystemCall.FSYNC.restarting(fd.toString(), fd.number());
    }

    /**
     * Makes a FIFO (mkfifo(3)) with exactly these permission bits, whatever the umask.
     *
     * @throws LinuxException EEXIST if the name is taken
     */
    public static void makeFifo(Path path, int mode) {
        long fifo = 0010000;
        try (Arena arena = Arena.ofConfined()) {
            long name = CStrings.of(arena, path.toString()).address();
            SystemCall.MKNODAT.on(path.toString(), SystemCall.AT_FDCWD, name, fifo | mode, 0);
            SystemCall.FCHMODAT.on(path.toString(), SystemCall.AT_FDCWD, name, mode);
        }
    }

    /**
     * Locks an open file exclusively (flock(2)). The lock belongs to the open file, so two descriptors exclude each other in one
     * process too; it ends when the last descriptor of the open file is closed.
     *
     * @return false if another open file holds the lock
     */
    public static boolean tryLock(Fd fd) {
        long exclusiveWithoutWaiting = 2 | 4;
        long result = SystemCall.FLOCK.raw(fd.number(), exclusiveWithoutWaiting);
        if (result < 0 && -result != Errno.EAGAIN.number()) {
            throw new LinuxException("flock", new Errno((int) -result), fd.toString());
        }
        return result == 0;
    }
}
