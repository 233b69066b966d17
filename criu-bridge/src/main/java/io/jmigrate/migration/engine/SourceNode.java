package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.pages.PageTaker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the source's engine does to its own host, for one container. Every method throws {@code Failure}. */
public interface SourceNode {
    /** Text of the container's config.json. */
    String config();

    /** Its root filesystem. */
    Path rootfs();

    /** What of it is sent: all of it, or the upper layer. */
    Path tree(RootfsMode mode);

    /** Layers that the destination has to have; none unless the upper layer goes alone. They are read the first time, which may take a while. */
    List<LowerLayer> lowers(RootfsMode mode);

    /** What the host is like. */
    HostFacts facts();

    /** How much of it there is. @param mode a root filesystem that is not copied is not measured */
    ContainerSize size(RootfsMode mode);

    /** What else it needs of a host. */
    ContainerNeeds needs();

    /** What was looked at before it leaves: whether it can be dumped, and what becomes of its memory. */
    List<Check> checks(RootfsMode mode);

    /** Whether memory of it is still being put in place since it has arrived: it can't be dumped before that. */
    boolean memoryArrives();

    /** Filesystems in memory that it has mounted; a dump leaves out what is in them from now on. Closed by the caller. */
    LeavingMounts memoryMounts();

    /** Begins to copy its memory. @param taker gets the pages */
    MemoryAhead memory(PageTaker taker);

    /**
     * Freezes and dumps it into the directory, which exists and is empty.
     *
     * @param listener decides in the frozen state; what it throws thaws the tree and is thrown on
     */
    void dump(Path images, DumpListener listener);

    /** Files that its processes have mapped, shared and for writing, at this moment. */
    Set<FileKey> mappedFiles();

    /** How much processor time it may use. */
    Throttle throttle();

    /** Ends its connections, and tells their other ends; its link must be up. */
    void resetConnections();

    /** Nothing of it reaches the network any more. */
    void linkDown();

    /** It reaches the network again, with all its addresses. */
    void linkUp();

    /** The destination may take its addresses from now on. */
    void networkLeaves();

    /** Whether it is ended here and started anew, and has no memory that goes; else it is dumped. */
    default boolean startsAnew() {
        return false;
    }

    /** Begins to end it, if it {@linkplain #startsAnew starts anew}. Throws if it has ended by itself. @return complete when nothing of it runs */
    default CompletableFuture<Void> stop() {
        return CompletableFuture.completedFuture(null);
    }

    /** Keeps it from running whatever becomes of CRIU and of this process. */
    void freeze();

    /** Lets it run, with nothing but its link between it and the network. */
    void thaw();

    /** All of its memory, while it is frozen. */
    StandingMemory standing();

    /** Kills it while it is frozen, so that it dies without another instruction. */
    void killFrozen();

    /**
     * Keeps memory of it, which runs elsewhere by now.
     *
     * @param peer the certificate of the node that has it; what was kept is told to that one alone. If there is none, nothing is kept, and
     *     what was kept of it earlier is removed
     */
    Keeping keeping(Optional<Fingerprint> peer);

    /** Whether any process of it exists. */
    boolean alive();

    /** Whether its first process is dead, and the others with it, or about to be. */
    default boolean hasEnded() {
        return !alive();
    }

    /** Removes what is left of the killed container. */
    void delete();
}
