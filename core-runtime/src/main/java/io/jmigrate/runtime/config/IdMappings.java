package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.IdMappingSpec;
import java.util.List;
import java.util.OptionalLong;

/** The id maps of a container's user namespace. Without one both are empty and every id is itself. */
public record IdMappings(List<IdMapping> uids, List<IdMapping> gids) {
    public static final IdMappings NONE = new IdMappings(List.of(), List.of());

    static IdMappings resolve(List<IdMappingSpec> uids, List<IdMappingSpec> gids) {
        return new IdMappings(
                uids.stream().map(IdMapping::resolve).toList(),
                gids.stream().map(IdMapping::resolve).toList());
    }

    /** The host's uid of a container's uid, absent when it isn't mapped. */
    public OptionalLong hostUid(long uid) {
        return host(uids, uid);
    }

    /** The host's gid of a container's gid, absent when it isn't mapped. */
    public OptionalLong hostGid(long gid) {
        return host(gids, gid);
    }

    private static OptionalLong host(List<IdMapping> mappings, long id) {
        if (mappings.isEmpty()) {
            return OptionalLong.of(id);
        }
        return mappings.stream()
                .filter(mapping -> mapping.maps(id))
                .mapToLong(mapping -> mapping.hostId() + (id - mapping.containerId()))
                .findFirst();
    }
}
