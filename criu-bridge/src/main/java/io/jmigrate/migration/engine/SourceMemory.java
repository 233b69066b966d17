package io.jmigrate.migration.engine;

import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.pages.PageTaker;
import java.util.Optional;

/** The memory of a container that leaves. Every method throws {@code Failure}. */
public interface SourceMemory {
    /** Whether some of it is still being put in place since the container has arrived: it can't be dumped before that. */
    boolean memoryArrives();

    /** Filesystems in memory that it has mounted; a dump leaves out what is in them from now on. Closed by the caller. */
    LeavingMounts memoryMounts();

    /** Begins to copy it. @param taker gets the pages */
    MemoryAhead memory(PageTaker taker);

    /** All of it, while the container is frozen. */
    StandingMemory standing();

    /**
     * Keeps memory of a container that runs elsewhere by now.
     *
     * @param peer the certificate of the node that has it; what was kept is told to that one alone. If there is none, nothing is kept, and
     *     what was kept of it earlier is removed
     */
    Keeping keeping(Optional<Fingerprint> peer);
}
