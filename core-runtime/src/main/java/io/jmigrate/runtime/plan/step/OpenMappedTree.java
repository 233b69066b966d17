package io.jmigrate.runtime.plan.step;

import java.util.List;

/**
 * Copies a mount of the host for {@link AttachTree}, with the ids of its files mapped (mount_setattr(2), MOUNT_ATTR_IDMAP): done before
 * the clone, since only the host's root may do that to the host's filesystems.
 *
 * @param source a path of the host
 * @param recursive whether the mounts below it come along
 * @param mapsTree whether their ids are mapped, too
 * @param uidMap ids on the disk as {@code containerId}, ids that they become as {@code hostId}
 * @param gidMap likewise
 */
public record OpenMappedTree(
        String source, boolean recursive, boolean mapsTree, List<IdMapping> uidMap, List<IdMapping> gidMap)
        implements Step {
    public OpenMappedTree {
        uidMap = List.copyOf(uidMap);
        gidMap = List.copyOf(gidMap);
    }

    @Override
    public String describe() {
        return "map the ids of " + source;
    }
}
