package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/** Ids inside the container, unsigned 32-bit numbers. An absent umask is 022, as runc has it. */
public record UserSpec(long uid, long gid, Optional<Long> umask, List<Long> additionalGids) {
    /** The superuser, what an absent {@code user} amounts to. */
    public static final UserSpec ROOT = new UserSpec(0, 0, Optional.empty(), List.of());
}
