package io.jmigrate.criu.inspect;

import java.util.Objects;
import java.util.Optional;

/**
 * A descriptor of a process in a checkpoint.
 *
 * @param pid of the process
 * @param descriptor its number
 * @param kind what is open: {@code file}, {@code pipe}, {@code tty} and so on
 * @param name of the file, the pipe or the socket; empty if there is none
 * @param position in bytes, of a file
 * @param socket what is known of a socket
 */
public record ImagedFile(
        int pid, int descriptor, String kind, String name, Optional<Long> position, Optional<ImagedSocket> socket) {
    public ImagedFile {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(position);
        Objects.requireNonNull(socket);
    }
}
