package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.UserSpec;
import java.util.List;

/** Ids inside the container and the file mode mask; unsigned 32-bit numbers. */
public record UserConfig(long uid, long gid, List<Long> additionalGids, long umask) {
    /** What runc sets when the spec has none. */
    public static final long UMASK_DEFAULT = 0022;

    public static UserConfig resolve(UserSpec spec) {
        return new UserConfig(
                spec.uid(), spec.gid(), spec.additionalGids(), spec.umask().orElse(UMASK_DEFAULT));
    }
}
