package io.jmigrate.criu.mapping;

import java.util.Objects;

/**
 * A standard stream of a container's first process that leads out of the container.
 *
 * @param number 0, 1 or 2
 * @param key by which CRIU knows what is open there: {@code pipe:[4711]}, {@code file[1b:2f3]} or {@code tty[8803:19]}
 */
public record HostStream(int number, String key) {
    private static final String PIPE = "pipe:[";

    public HostStream {
        if (number < 0 || number > 2) {
            throw new IllegalArgumentException("not a standard stream: " + number);
        }
        Objects.requireNonNull(key);
    }

    /** As CRIU names a pipe, by its inode (criu/pipes.c, pipe_d_name). */
    static String pipe(long inode) {
        return PIPE + inode + "]";
    }

    /** As CRIU names a file of another mount namespace (criu/files-reg.c, dump_one_reg_file). */
    static String file(int mountId, long inode) {
        return "file[" + Integer.toHexString(mountId) + ":" + Long.toHexString(inode) + "]";
    }

    /** As CRIU names a terminal (criu/tty.c, get_tty_driver). */
    static String terminal(long rdev, long dev) {
        return "tty[" + Long.toHexString(rdev) + ":" + Long.toHexString(dev) + "]";
    }

    /** The name under which images of ours have the stream of that number, as if it were a file ({@link StreamImages}). */
    static String imageName(int number) {
        return "/" + DescriptorsFile.KEYS.get(number);
    }

    /** Whether a file of the images is none but a stream that is handed over. @param name as images have it */
    public static boolean isImageName(String name) {
        return DescriptorsFile.KEYS.stream().anyMatch(key -> name.equals("/" + key));
    }

    /** Whether a dump has to be told that it is external; a pipe is dumped by itself. */
    boolean isDeclared() {
        return !key.startsWith(PIPE);
    }
}
