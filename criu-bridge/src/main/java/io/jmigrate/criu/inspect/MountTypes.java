package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.entry.MountEntry;
import java.util.List;

/** Names of the filesystems that CRIU knows (enum fstype of images/mnt.proto). */
public final class MountTypes {
    /** By number; 20 to 22 are reserved. */
    private static final List<String> NAMES = List.of(
            "unknown",
            "proc",
            "sysfs",
            "devtmpfs",
            "binfmt_misc",
            "tmpfs",
            "devpts",
            "simfs",
            "pstore",
            "securityfs",
            "fusectl",
            "debugfs",
            "cgroup",
            "aufs",
            "mqueue",
            "fuse",
            "auto",
            "overlay",
            "autofs",
            "tracefs",
            "unknown",
            "unknown",
            "unknown",
            "cgroup2");

    private static final int AUTO = 16;

    private MountTypes() {}

    /** As what CRIU would mount it: by its number, or by its name if that is left to the name. */
    public static String of(MountEntry entry) {
        int number = entry.getFstype();
        if (number == AUTO && entry.hasFsname()) {
            return entry.getFsname();
        }
        return number > 0 && number < NAMES.size() ? NAMES.get(number) : NAMES.getFirst();
    }
}
