package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesSpec.Memory;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses limits that are below what is in use, for configs that ask for it: a v2 kernel would take them and kill. */
final class MemoryInUse {
    private MemoryInUse() {}

    static void check(CgroupPaths paths, Memory memory) {
        if (memory.checkBeforeUpdate()) {
            bytes(paths).ifPresent(used -> {
                refuse("limit", memory.limit(), used);
                refuse("swap", memory.swap(), used);
            });
        }
    }

    private static Optional<Long> bytes(CgroupPaths paths) {
        Optional<Path> version1 = paths.ofController("memory");
        String file = version1.isPresent() ? "memory.usage_in_bytes" : "memory.current";
        return version1.or(paths::unified)
                .flatMap(path -> new CgroupDirectory(path).readIfThere(file))
                .map(Long::valueOf);
    }

    private static void refuse(String name, Optional<Long> limit, long used) {
        limit.filter(bytes -> bytes > 0 && bytes <= used).ifPresent(bytes -> {
            throw Failure.of(
                    RuntimeCode.LIMIT_REFUSED,
                    "$.linux.resources.memory." + name + ", " + bytes + " bytes, is not above the " + used
                            + " bytes that are in use");
        });
    }
}
