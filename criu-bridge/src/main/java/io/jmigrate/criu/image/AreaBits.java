package io.jmigrate.criu.image;

/** What the status of a mapping says of it (criu/include/image.h). */
public final class AreaBits {
    public static final int STACK = 1 << 1;
    public static final int VSYSCALL = 1 << 2;
    public static final int VDSO = 1 << 3;
    public static final int HEAP = 1 << 5;
    public static final int FILE_PRIVATE = 1 << 6;
    public static final int FILE_SHARED = 1 << 7;
    public static final int ANONYMOUS_SHARED = 1 << 8;
    public static final int ANONYMOUS_PRIVATE = 1 << 9;
    public static final int VVAR = 1 << 12;
    public static final int SHADOW_STACK = 1 << 15;

    private AreaBits() {}
}
