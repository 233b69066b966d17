package io.jmigrate.runtime.linux;

/** Flags of open(2). Close-on-exec is always set. Without {@link #WRITE_ONLY} or {@link #READ_WRITE} a file is opened to read. */
public enum OpenFlag {
    WRITE_ONLY(01, 01),
    READ_WRITE(02, 02),
    CREATE(0100, 0100),
    EXCLUSIVE(0200, 0200),
    TRUNCATE(01000, 01000),
    APPEND(02000, 02000),
    NON_BLOCKING(04000, 04000),
    /** The name must be a directory. */
    DIRECTORY(0200000, 040000),
    /** A symbolic link as last component is an error. */
    NO_FOLLOW(0400000, 0100000),
    /** The descriptor only names the file: it can be passed on and opened again through {@code /proc/self/fd}. */
    PATH(010000000, 010000000);

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    private final int x86;
    private final int arm;

    OpenFlag(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int bit() {
        return ARM ? arm : x86;
    }
}
