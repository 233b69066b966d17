package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.file.Path;

/** What the destination says when it can't write what arrives. */
public final class WriteFailure {
    /** As the C library puts it; Java hands on no number. */
    private static final String FULL = "No space left on device";

    private WriteFailure() {}

    /**
     * A failure TRANSFER that says which end it is and where.
     *
     * @param file what could not be written
     * @param directory where it belongs, for people who have to make room
     */
    public static Failure of(Path file, Path directory, Exception cause) {
        String message = isFull(cause)
                ? "the destination has no space left in " + directory + ", it cannot write " + file
                : "the destination cannot write " + file + ": " + cause.getMessage();
        return Failure.of(MigrationCode.TRANSFER, message).withCause(cause);
    }

    private static boolean isFull(Exception cause) {
        return cause instanceof LinuxException e
                ? e.errno().equals(Errno.ENOSPC)
                : String.valueOf(cause.getMessage()).contains(FULL);
    }
}
