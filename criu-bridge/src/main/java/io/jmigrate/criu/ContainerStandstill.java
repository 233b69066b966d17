package io.jmigrate.criu;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * By means that outlive this process and CRIU: the container's freezer, and a lock of its network.
 *
 * @param cgroup the container's
 * @param paused whether its user has paused it: it stays so
 * @param network present if it isn't CRIU that locks it
 * @param abandoned what is left of the dump if CRIU is killed
 * @param connections what is left of it in a network that others use too
 * @param log of the CRIU that dumps it
 */
record ContainerStandstill(
        Cgroup cgroup,
        boolean paused,
        Optional<NetworkLock> network,
        AbandonedDump abandoned,
        LeftConnectionLock connections,
        Path log)
        implements Standstill {
    static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);

    ContainerStandstill {
        Objects.requireNonNull(cgroup);
        Objects.requireNonNull(network);
        Objects.requireNonNull(abandoned);
    }

    @Override
    public void begin() {
        connections.note(log);
    }

    @Override
    public void freeze() {
        cgroup.freeze(FREEZE_LIMIT);
    }

    @Override
    public void silence() {
        network.ifPresent(NetworkLock::lock);
    }

    @Override
    public void dumped(Path images) {
        connections.dumped(images);
    }

    /** A frozen process dies before another instruction of its own. */
    @Override
    public void kill() {
        cgroup.kill();
    }

    /** The container is thawed even if its connections are lost. */
    @Override
    public void endWithoutCriu() {
        try {
            abandoned.undo();
        } finally {
            end();
        }
    }

    /** The container goes on, heard and hearing. It is thawed even if its network can't be unlocked. A paused one is paused again. */
    @Override
    public void end() {
        try {
            network.ifPresent(NetworkLock::unlock);
        } finally {
            if (paused) {
                freeze();
            } else {
                cgroup.thaw();
            }
        }
        network.ifPresent(NetworkLock::remove);
        connections.delete();
    }
}
