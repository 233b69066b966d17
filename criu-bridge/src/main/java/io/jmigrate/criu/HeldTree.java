package io.jmigrate.criu;

import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A tree in CRIU's {@code post-restore}: it exists in full and hasn't executed an instruction of its own, and CRIU waits for
 * word.
 *
 * @param root its first process
 * @param log CRIU's restore.log, which {@link RestoreOutcome} can be read from
 */
public record HeldTree(ProcessRef root, Path log) {
    public HeldTree {
        Objects.requireNonNull(root);
        Objects.requireNonNull(log);
    }
}
