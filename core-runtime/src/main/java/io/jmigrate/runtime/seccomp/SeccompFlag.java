package io.jmigrate.runtime.seccomp;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Collection;
import java.util.Optional;

/** How a filter is installed (seccomp(2), {@code SECCOMP_FILTER_FLAG_…}). */
public enum SeccompFlag implements OciNamed {
    /** For all threads. The native init has only one, so that it makes no difference. */
    TSYNC(1),
    /** Actions other than allowing are logged. */
    LOG(1 << 1),
    /** Without the mitigation of speculative store bypass, which costs time. */
    SPEC_ALLOW(1 << 2),
    /** A call that its listener has begun to handle is interrupted by fatal signals only (Linux 5.19). */
    WAIT_KILLABLE_RECV(1 << 5);

    private final int bit;

    SeccompFlag(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }

    public static int bits(Collection<SeccompFlag> flags) {
        return flags.stream().mapToInt(SeccompFlag::bit).reduce(0, (a, b) -> a | b);
    }

    /** The name in the OCI config, for example {@code SECCOMP_FILTER_FLAG_LOG}. */
    @Override
    public String ociName() {
        return "SECCOMP_FILTER_FLAG_" + name();
    }

    public static Optional<SeccompFlag> named(String ociName) {
        return OciNamed.find(values(), ociName);
    }
}
