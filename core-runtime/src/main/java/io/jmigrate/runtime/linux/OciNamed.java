package io.jmigrate.runtime.linux;

import java.util.Arrays;
import java.util.Optional;

/** A constant of the kernel that the OCI config has a name for. */
public interface OciNamed {
    /** As config.json writes it, for example {@code SCMP_ACT_ALLOW}. */
    String ociName();

    /** The constant of a name. */
    static <T extends OciNamed> Optional<T> find(T[] all, String ociName) {
        return Arrays.stream(all).filter(each -> each.ociName().equals(ociName)).findFirst();
    }
}
