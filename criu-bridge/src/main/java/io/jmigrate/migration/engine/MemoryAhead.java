package io.jmigrate.migration.engine;

import io.jmigrate.criu.FrozenTree;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.track.TrackerKind;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A container's memory at its source, copied ahead of the dump. Every method throws {@code Failure}. */
public interface MemoryAhead extends AutoCloseable {
    /** How it is told which memory changes. */
    TrackerKind tracker();

    /** Hands over what was written since the round before, or everything, while the container runs. @return bytes */
    long round();

    /** How many bytes a round would hand over now; empty if that can't be told without reading the memory. */
    OptionalLong pending();

    /** How many bytes of it are locked (mlock(2)), at most: CRIU writes them into its images, whatever was handed over before. */
    long lockedBytes();

    /**
     * The tree stands still from now on, and is being dumped: begins to hand over what has changed, beside the dump, and comes back at once. Nobody
     * else hands anything over until {@link #last} or {@link #outdated}.
     *
     * @param follows whether {@link #outdated} will be asked: what belongs to single processes is left to that
     */
    void standing(boolean follows);

    /** Hands over what else the destination needs, while the tree stands still. @return bytes */
    long last(FrozenTree tree);

    /**
     * Names the pages of processes that {@link #last} would hand over, at least: what was handed over of them is not as it is in the tree, which
     * stands still. Hands over what a restore needs before the tree can run: of processes few pages, and all memory that they share.
     */
    void outdated(FrozenTree tree, Consumer<PageRun> names);

    /** Hands over all that the dump has left in the tree, which stands still, whatever was handed over before. */
    void all(FrozenTree tree, PageTaker to);

    /** Lets go of the processes, which notice nothing. */
    @Override
    void close();
}
