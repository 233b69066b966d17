package io.jmigrate.runtime.config;

/** What one mount option means. */
sealed interface MountOption {
    record Set(long flag) implements MountOption {}

    record Clear(long flag) implements MountOption {}

    record Propagation(long flag) implements MountOption {}

    /** An option that only this version of the runtime can't do. */
    record Unsupported() implements MountOption {}

    /** An option for the filesystem. */
    record Data() implements MountOption {}

    static MountOption named(String option) {
        return switch (option) {
            case "async" -> new Clear(MountFlags.SYNCHRONOUS);
            case "atime" -> new Clear(MountFlags.NOATIME);
            case "bind" -> new Set(MountFlags.BIND);
            case "defaults" -> new Set(0);
            case "dev" -> new Clear(MountFlags.NODEV);
            case "diratime" -> new Clear(MountFlags.NODIRATIME);
            case "dirsync" -> new Set(MountFlags.DIRSYNC);
            case "exec" -> new Clear(MountFlags.NOEXEC);
            case "iversion" -> new Set(MountFlags.I_VERSION);
            case "lazytime" -> new Set(MountFlags.LAZYTIME);
            case "loud" -> new Clear(MountFlags.SILENT);
            case "mand" -> new Set(MountFlags.MANDLOCK);
            case "noatime" -> new Set(MountFlags.NOATIME);
            case "nodev" -> new Set(MountFlags.NODEV);
            case "nodiratime" -> new Set(MountFlags.NODIRATIME);
            case "noexec" -> new Set(MountFlags.NOEXEC);
            case "noiversion" -> new Clear(MountFlags.I_VERSION);
            case "nolazytime" -> new Clear(MountFlags.LAZYTIME);
            case "nomand" -> new Clear(MountFlags.MANDLOCK);
            case "norelatime" -> new Clear(MountFlags.RELATIME);
            case "nostrictatime" -> new Clear(MountFlags.STRICTATIME);
            case "nosuid" -> new Set(MountFlags.NOSUID);
            case "nosymfollow" -> new Set(MountFlags.NOSYMFOLLOW);
            case "rbind" -> new Set(MountFlags.BIND | MountFlags.REC);
            case "relatime" -> new Set(MountFlags.RELATIME);
            case "remount" -> new Set(MountFlags.REMOUNT);
            case "ro" -> new Set(MountFlags.RDONLY);
            case "rw" -> new Clear(MountFlags.RDONLY);
            case "silent" -> new Set(MountFlags.SILENT);
            case "strictatime" -> new Set(MountFlags.STRICTATIME);
            case "suid" -> new Clear(MountFlags.NOSUID);
            case "symfollow" -> new Clear(MountFlags.NOSYMFOLLOW);
            case "sync" -> new Set(MountFlags.SYNCHRONOUS);
            case "private", "rprivate", "slave", "rslave", "shared", "rshared", "unbindable", "runbindable" ->
                new Propagation(propagation(option));
            case "rro", "rrw", "rsuid", "rnosuid", "rdev", "rnodev", "rexec", "rnoexec", "ratime", "rnoatime" ->
                new Unsupported();
            case "rdiratime", "rnodiratime", "rrelatime", "rnorelatime", "rstrictatime", "rnostrictatime" ->
                new Unsupported();
            case "rsymfollow", "rnosymfollow", "idmap", "ridmap", "tmpcopyup" -> new Unsupported();
            default -> new Data();
        };
    }

    /**
     * The MS_ flags of a propagation name, with or without the {@code r} of recursive.
     *
     * @throws IllegalArgumentException for another name
     */
    static long propagation(String name) {
        return switch (name) {
            case "private" -> MountFlags.PRIVATE;
            case "rprivate" -> MountFlags.PRIVATE | MountFlags.REC;
            case "slave" -> MountFlags.SLAVE;
            case "rslave" -> MountFlags.SLAVE | MountFlags.REC;
            case "shared" -> MountFlags.SHARED;
            case "rshared" -> MountFlags.SHARED | MountFlags.REC;
            case "unbindable" -> MountFlags.UNBINDABLE;
            case "runbindable" -> MountFlags.UNBINDABLE | MountFlags.REC;
            default -> throw new IllegalArgumentException("not a propagation: " + name);
        };
    }
}
