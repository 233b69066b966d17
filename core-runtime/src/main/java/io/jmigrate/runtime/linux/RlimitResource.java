package io.jmigrate.runtime.linux;

/** Resources of setrlimit(2). The ordinal is the kernel's number (generic ABI); units are those of the man page. */
public enum RlimitResource implements OciNamed {
    CPU,
    FSIZE,
    DATA,
    STACK,
    CORE,
    RSS,
    NPROC,
    NOFILE,
    MEMLOCK,
    AS,
    LOCKS,
    SIGPENDING,
    MSGQUEUE,
    NICE,
    RTPRIO,
    RTTIME;

    /** No limit ({@code RLIM_INFINITY}), as an unsigned 64-bit value. */
    public static final long INFINITY = -1;

    public int number() {
        return ordinal();
    }

    /** The name in the OCI config, for example {@code RLIMIT_NOFILE}. */
    @Override
    public String ociName() {
        return "RLIMIT_" + name();
    }
}
