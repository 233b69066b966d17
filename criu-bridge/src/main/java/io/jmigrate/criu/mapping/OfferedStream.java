package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * What is given to stand for a standard stream at a restore.
 *
 * @param number 0, 1 or 2
 * @param mode with the file's type
 */
record OfferedStream(int number, int mode) {
    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SOCKET = 0140000;

    static OfferedStream of(int number, Fd fd) {
        try {
            return new OfferedStream(number, (Integer) Files.getAttribute(fd.procPath(), "unix:mode"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at descriptor " + number, e);
        }
    }

    /**
     * A pipe in images that were not made here is opened anew by CRIU (criu/pipes.c, reopen_pipe): a file would be written from its
     * beginning, over what it holds, and a socket can't be opened.
     *
     * @param key by which the images name the stream
     * @throws Failure RESTORE_FAILED
     */
    void requireFit(String key) {
        int type = mode & TYPE_MASK;
        if (!DescriptorsFile.KEYS.contains(key) && (type == REGULAR || type == SOCKET)) {
            throw Failure.of(
                    CriuCode.RESTORE_FAILED,
                    "descriptor " + number + " of the container was a pipe in images that jmigrate did not make, and "
                            + (type == REGULAR ? "a regular file" : "a socket") + " is given in its place");
        }
    }
}
