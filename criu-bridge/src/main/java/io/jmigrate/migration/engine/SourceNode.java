package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.RootfsMode;
import java.nio.file.Path;
import java.util.List;

/** What the source's engine does to its own host, for one container. Every method throws {@code Failure}. */
public interface SourceNode extends SourceHold, SourceMemory {
    /** Which one it is, by whichever way it goes. */
    LeavingContainer container();

    /** How much of it there is to send. @param mode a root filesystem that is not copied is not measured */
    ContainerSize size(RootfsMode mode);

    /** What else it needs of a host. */
    ContainerNeeds needs();

    /** What was looked at before it leaves: whether it can go this way, and what becomes of its memory. */
    List<Check> checks(RootfsMode mode);

    /**
     * Freezes and dumps it into the directory, which exists and is empty.
     *
     * @param listener decides in the frozen state; what it throws thaws the tree and is thrown on
     */
    void dump(Path images, DumpListener listener);

    /** Kills it while it is frozen, so that it dies without another instruction. */
    void killFrozen();

    /** Whether any process of it exists. */
    boolean alive();

    @Override
    default boolean hasEnded() {
        return !alive();
    }
}
