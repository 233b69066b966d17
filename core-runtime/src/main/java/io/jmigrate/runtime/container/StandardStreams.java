package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Fd;
import java.util.Map;
import java.util.Objects;

/** The descriptors that a container's process gets as 0, 1 and 2: pipes, files or /dev/null. They stay the caller's to close. */
public record StandardStreams(Fd in, Fd out, Fd err) {
    public StandardStreams {
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
    }

    /** By the number that they have in the process. */
    public Map<Integer, Fd> byNumber() {
        return Map.of(0, in, 1, out, 2, err);
    }
}
