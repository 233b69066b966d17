package io.jmigrate.criu;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.mapping.RestoreDescriptors;
import io.jmigrate.criu.mapping.RestoreMapping;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.launch.Launcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CRIU's process in a container's place, in its cgroups already, with what a restore tells it of the place: all that can be known
 * before the images are there.
 *
 * @param swrk the process
 * @param cgroupRoots see {@link CgroupJoin}
 * @param externals see {@link RestoreMapping#externals}
 */
record WaitingCriu(Swrk swrk, Map<String, String> cgroupRoots, List<String> externals) implements AutoCloseable {
    WaitingCriu {
        cgroupRoots = Map.copyOf(cgroupRoots);
        externals = List.copyOf(externals);
    }

    /**
     * The container's own cgroups.
     *
     * @param hierarchies in which it has one
     * @return names of hierarchies and paths as in {@code /proc/PID/cgroup}
     */
    Map<String, String> cgroups(List<String> hierarchies) {
        Map<String, String> own = new HashMap<>(cgroupRoots);
        own.keySet().retainAll(hierarchies);
        return own;
    }

    static WaitingCriu start(Launcher launcher, CriuBinary criu, RestoreSlot slot, RestoreDescriptors descriptors) {
        Swrk swrk = Swrk.start(
                launcher,
                criu,
                RestoreMapping.criuNetwork(slot.config(), slot.network().namespace()),
                slot.record().keyring(),
                descriptors.byNumber());
        try {
            return new WaitingCriu(
                    swrk,
                    CgroupJoin.join(slot.cgroup().processFiles(), swrk.process().pid()),
                    RestoreMapping.externals(slot.config(), slot.record().cgroup()));
        } catch (RuntimeException e) {
            try (swrk) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        swrk.close();
    }
}
