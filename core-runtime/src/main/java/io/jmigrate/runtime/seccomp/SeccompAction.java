package io.jmigrate.runtime.seccomp;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel does with a system call (seccomp(2), "Return value of the filter"). */
public enum SeccompAction implements OciNamed {
    KILL_PROCESS(0x8000_0000),
    KILL_THREAD(0),
    TRAP(0x0003_0000),
    ERRNO(0x0005_0000),
    NOTIFY(0x7fc0_0000),
    TRACE(0x7ff0_0000),
    LOG(0x7ffc_0000),
    ALLOW(0x7fff_0000);

    private static final String PREFIX = "SCMP_ACT_";
    /** The older name of {@link #KILL_THREAD}. */
    private static final String KILL = PREFIX + "KILL";

    private final int bits;

    SeccompAction(int bits) {
        this.bits = bits;
    }

    /** {@code SECCOMP_RET_…}, with room for 16 bits of data. */
    int bits() {
        return bits;
    }

    /** Whether it comes with a number: an errno, or a message for the tracer. */
    public boolean takesErrno() {
        return this == ERRNO || this == TRACE;
    }

    /** The name in the OCI config, for example {@code SCMP_ACT_ALLOW}. */
    @Override
    public String ociName() {
        return PREFIX + name();
    }

    /** All names that an action can have in the OCI config. */
    public static List<String> ociNames() {
        return Stream.concat(Stream.of(KILL), Arrays.stream(values()).map(SeccompAction::ociName))
                .toList();
    }

    /** The action of an OCI name; {@code SCMP_ACT_KILL} is one of {@link #KILL_THREAD}. */
    public static Optional<SeccompAction> named(String ociName) {
        if (ociName.equals(KILL)) {
            return Optional.of(KILL_THREAD);
        }
        return OciNamed.find(values(), ociName);
    }
}
