package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.FileKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A container that leaves its host, as far as it is the same by whichever way it goes. Every method throws {@code Failure}. */
public interface LeavingContainer {
    /** Text of its config.json. */
    String config();

    /** Its root filesystem. */
    Path rootfs();

    /** What of it is sent: all of it, or the upper layer. */
    Path tree(RootfsMode mode);

    /** Layers that the destination has to have; none unless the upper layer goes alone. They are read the first time, which may take a while. */
    List<LowerLayer> lowers(RootfsMode mode);

    /** What the host is like. */
    HostFacts facts();

    /** Files that its processes have mapped, shared and for writing, at this moment. */
    Set<FileKey> mappedFiles();

    /** It is the container that is leaving, still. @throws io.jmigrate.runtime.failure.Failure NOT_FOUND if another one has its name by now */
    void requireSame();

    /** Whether its user has paused it. */
    boolean isPaused();

    /** How much processor time it may use. */
    Throttle throttle();

    /** The destination may take its addresses from now on. */
    void networkLeaves();

    /** Removes what is left of it, once it has been killed. Another one that has its name by now is left alone. */
    void delete();
}
