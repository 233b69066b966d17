package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** Mounts in this process's own mount namespace (mount(2)). Those of a container are made by its native init. */
public final class Mounts {
    private static final long MS_REMOUNT = 1 << 5;
    private static final long MNT_DETACH = 2;
    private static final long UMOUNT_NOFOLLOW = 8;

    private Mounts() {}

    /**
     * Mounts a filesystem.
     *
     * @param data options of the filesystem, comma separated; may be empty
     */
    public static void mount(String source, Path target, String fstype, Collection<MountFlag> flags, String data) {
        call(source, target, fstype, MountFlag.bits(flags), data);
    }

    /** Makes a file or directory visible at a second place, {@code recursive} with what is mounted below it. */
    public static void bind(Path source, Path target, boolean recursive) {
        Set<MountFlag> flags = recursive ? EnumSet.of(MountFlag.BIND, MountFlag.RECURSIVE) : EnumSet.of(MountFlag.BIND);
        call(source.toString(), target, null, MountFlag.bits(flags), null);
    }

    /** Changes the flags of a bind mount, for example to read-only; flags that are not given are cleared. */
    public static void remount(Path target, Collection<MountFlag> flags) {
        call(null, target, null, MS_REMOUNT | MountFlag.BIND.bit() | MountFlag.bits(flags), null);
    }

    public static void propagation(Path target, Propagation propagation) {
        call(null, target, null, propagation.bits(), null);
    }

    /**
     * Takes a mount away (umount2(2)); a symbolic link as target is not followed.
     *
     * @param detach whether it disappears at once and ends when the last user is gone
     */
    public static void umount(Path target, boolean detach) {
        try (Arena arena = Arena.ofConfined()) {
            long name = CStrings.of(arena, target.toString()).address();
            long flags = UMOUNT_NOFOLLOW | (detach ? MNT_DETACH : 0);
            SystemCall.UMOUNT2.on(target.toString(), name, flags);
        }
    }

    private static void call(String source, Path target, String fstype, long flags, String data) {
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.MOUNT.on(
                    target.toString(),
                    CStrings.addressOf(arena, source),
                    CStrings.of(arena, target.toString()).address(),
                    CStrings.addressOf(arena, fstype),
                    flags,
                    CStrings.addressOf(arena, data));
        }
    }
}
