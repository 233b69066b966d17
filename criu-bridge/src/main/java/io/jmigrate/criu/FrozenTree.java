package io.jmigrate.criu;

import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A tree in CRIU's {@code post-dump}: dumped completely, stopped, its network locked, and CRIU waits for word.
 *
 * @param root its first process
 * @param imageDirectory where the images are, complete but for what a page sink took
 */
public record FrozenTree(ProcessRef root, Path imageDirectory) {
    public FrozenTree {
        Objects.requireNonNull(root);
        Objects.requireNonNull(imageDirectory);
    }
}
