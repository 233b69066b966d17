package io.jmigrate.criu;

import io.jmigrate.pages.frozen.FrozenMemory;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A tree in CRIU's {@code post-dump}: dumped completely, stopped, its network locked, and CRIU waits for word.
 *
 * @param root its first process
 * @param imageDirectory where the images are, complete but for what a page sink took and for the memory
 * @param memory what the dump has left in the tree, for a listener that takes it while it is asked
 * @param givenAway to be called before anything of the tree can run elsewhere: from then on it stays frozen if this process is killed,
 *     and doesn't go on
 */
public record FrozenTree(ProcessRef root, Path imageDirectory, Optional<FrozenMemory> memory, Runnable givenAway) {
    public FrozenTree {
        Objects.requireNonNull(root);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(givenAway);
    }

    /** With all of its memory in the images, or at a page sink. */
    public FrozenTree(ProcessRef root, Path imageDirectory) {
        this(root, imageDirectory, Optional.empty(), () -> {});
    }

    FrozenTree with(FrozenMemory left) {
        return new FrozenTree(root, imageDirectory, Optional.of(left), givenAway);
    }
}
