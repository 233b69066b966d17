package io.jmigrate.runtime.seccomp;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Optional;

/** How an argument is compared; the ordinal and one is libseccomp's number ({@code enum scmp_compare}). */
public enum SeccompOperator implements OciNamed {
    NE,
    LT,
    LE,
    EQ,
    GE,
    GT,
    /** The first value is a mask, the second is what has to be left. */
    MASKED_EQ;

    public int number() {
        return ordinal() + 1;
    }

    /** The name in the OCI config, for example {@code SCMP_CMP_EQ}. */
    @Override
    public String ociName() {
        return "SCMP_CMP_" + name();
    }

    public static Optional<SeccompOperator> named(String ociName) {
        return OciNamed.find(values(), ociName);
    }
}
