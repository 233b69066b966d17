package io.jmigrate.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The flags of mount(2) (linux/mount.h) and their names. */
public final class MountFlags {
    public static final long RDONLY = 1;
    public static final long NOSUID = 1 << 1;
    public static final long NODEV = 1 << 2;
    public static final long NOEXEC = 1 << 3;
    public static final long SYNCHRONOUS = 1 << 4;
    public static final long REMOUNT = 1 << 5;
    public static final long MANDLOCK = 1 << 6;
    public static final long DIRSYNC = 1 << 7;
    public static final long NOSYMFOLLOW = 1 << 8;
    public static final long NOATIME = 1 << 10;
    public static final long NODIRATIME = 1 << 11;
    public static final long BIND = 1 << 12;
    public static final long REC = 1 << 14;
    public static final long SILENT = 1 << 15;
    public static final long UNBINDABLE = 1 << 17;
    public static final long PRIVATE = 1 << 18;
    public static final long SLAVE = 1 << 19;
    public static final long SHARED = 1 << 20;
    public static final long RELATIME = 1 << 21;
    public static final long I_VERSION = 1 << 23;
    public static final long STRICTATIME = 1 << 24;
    public static final long LAZYTIME = 1 << 25;

    private static final Map<String, Long> NAMES = names();

    private MountFlags() {}

    /** The names in a set of flags as mount(8) has them, with commas; {@code -} for none. */
    public static String text(long flags) {
        StringJoiner names = new StringJoiner(",");
        names.setEmptyValue("-");
        long left = flags;
        for (var name : NAMES.entrySet()) {
            if ((left & name.getValue()) == name.getValue()) {
                names.add(name.getKey());
                left &= ~name.getValue();
            }
        }
        return left == 0 ? names.toString() : names.add("0x" + Long.toHexString(left)).toString();
    }

    private static Map<String, Long> names() {
        Map<String, Long> names = new LinkedHashMap<>();
        names.put("rbind", BIND | REC);
        names.put("bind", BIND);
        names.put("rprivate", PRIVATE | REC);
        names.put("rslave", SLAVE | REC);
        names.put("rshared", SHARED | REC);
        names.put("runbindable", UNBINDABLE | REC);
        names.put("private", PRIVATE);
        names.put("slave", SLAVE);
        names.put("shared", SHARED);
        names.put("unbindable", UNBINDABLE);
        names.put("remount", REMOUNT);
        names.put("ro", RDONLY);
        names.put("nosuid", NOSUID);
        names.put("nodev", NODEV);
        names.put("noexec", NOEXEC);
        names.put("sync", SYNCHRONOUS);
        names.put("dirsync", DIRSYNC);
        names.put("mand", MANDLOCK);
        names.put("nosymfollow", NOSYMFOLLOW);
        names.put("noatime", NOATIME);
        names.put("nodiratime", NODIRATIME);
        names.put("relatime", RELATIME);
        names.put("strictatime", STRICTATIME);
        names.put("lazytime", LAZYTIME);
        names.put("iversion", I_VERSION);
        names.put("silent", SILENT);
        return names;
    }
}
