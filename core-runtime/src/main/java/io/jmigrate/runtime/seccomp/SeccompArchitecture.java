package io.jmigrate.runtime.seccomp;

import io.jmigrate.runtime.linux.OciNamed;
import java.util.Arrays;
import java.util.Optional;

/** The architectures of the OCI config, with libseccomp's tokens, which but for {@link #X32} are the kernel's {@code AUDIT_ARCH_…}. */
public enum SeccompArchitecture implements OciNamed {
    X86(0x4000_0003),
    X86_64(0xc000_003e),
    X32(0x4000_003e),
    ARM(0x4000_0028),
    AARCH64(0xc000_00b7),
    MIPS(0x0000_0008),
    MIPS64(0x8000_0008),
    MIPS64N32(0xa000_0008),
    MIPSEL(0x4000_0008),
    MIPSEL64(0xc000_0008),
    MIPSEL64N32(0xe000_0008),
    PPC(0x0000_0014),
    PPC64(0x8000_0015),
    PPC64LE(0xc000_0015),
    S390(0x0000_0016),
    S390X(0x8000_0016),
    PARISC(0x0000_000f),
    PARISC64(0x8000_000f),
    RISCV64(0xc000_00f3),
    LOONGARCH64(0xc000_0102),
    M68K(0x0000_0004),
    SH(0x4000_002a),
    SHEB(0x0000_002a);

    private final int token;

    SeccompArchitecture(int token) {
        this.token = token;
    }

    public int token() {
        return token;
    }

    /** What the kernel calls it when it asks a filter: calls of x32 are those of x86-64 with a bit set. */
    int auditNumber() {
        return this == X32 ? X86_64.token : token;
    }

    /** The name in the OCI config, for example {@code SCMP_ARCH_X86_64}. */
    @Override
    public String ociName() {
        return "SCMP_ARCH_" + name();
    }

    public static Optional<SeccompArchitecture> named(String ociName) {
        return OciNamed.find(values(), ociName);
    }

    static Optional<SeccompArchitecture> ofToken(int token) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.token == token)
                .findFirst();
    }
}
