package io.jmigrate.runtime.seccomp;

import java.util.Arrays;
import java.util.Optional;

/** A constant that the OCI config has a name for. */
interface OciNamed {
    String ociName();

    static <T extends OciNamed> Optional<T> find(T[] all, String ociName) {
        return Arrays.stream(all).filter(each -> each.ociName().equals(ociName)).findFirst();
    }
}
