package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The specification's own options by name (config.md, "Linux mount options"; mount(8)), and runC's {@code tmpcopyup}. */
final class MountOptionTable {
    private static final Map<String, MountOption> BY_NAME = new MountOptionTable().byName;

    private final Map<String, MountOption> byName = new HashMap<>();

    private MountOptionTable() {
        for (Propagation propagation : Propagation.values()) {
            byName.put(propagation.name().toLowerCase(Locale.ROOT), new MountOption.Spread(propagation));
        }
        byName.put("bind", new MountOption.Bind(false));
        byName.put("rbind", new MountOption.Bind(true));
        byName.put("defaults", new MountOption.Nothing());
        byName.put("tmpcopyup", new MountOption.CopyUp());
        byName.put("idmap", new MountOption.MapIds(false));
        byName.put("ridmap", new MountOption.MapIds(true));
        byName.put("remount", new MountOption.Remount());
        addFlags();
        addAccessTimes();
        addAttributes();
    }

    static Optional<MountOption> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of those that are acted on. */
    static List<String> supported() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    private void flag(String set, String cleared, MountFlag flag) {
        byName.put(set, new MountOption.Set(flag));
        byName.put(cleared, new MountOption.Clear(flag));
    }

    private void addFlags() {
        flag("ro", "rw", MountFlag.READ_ONLY);
        flag("nosuid", "suid", MountFlag.NO_SUID);
        flag("nodev", "dev", MountFlag.NO_DEV);
        flag("noexec", "exec", MountFlag.NO_EXEC);
        flag("sync", "async", MountFlag.SYNCHRONOUS);
        byName.put("dirsync", new MountOption.Set(MountFlag.DIRECTORY_SYNC));
        flag("mand", "nomand", MountFlag.MANDATORY_LOCKS);
        flag("nosymfollow", "symfollow", MountFlag.NO_SYMLINK_FOLLOW);
        flag("silent", "loud", MountFlag.SILENT);
        flag("iversion", "noiversion", MountFlag.INODE_VERSION);
    }

    private void addAccessTimes() {
        flag("noatime", "atime", MountFlag.NO_ATIME);
        flag("nodiratime", "diratime", MountFlag.NO_DIRECTORY_ATIME);
        flag("relatime", "norelatime", MountFlag.RELATIVE_ATIME);
        flag("strictatime", "nostrictatime", MountFlag.STRICT_ATIME);
        flag("lazytime", "nolazytime", MountFlag.LAZY_TIME);
    }

    private void attribute(String set, String cleared, MountAttribute attribute) {
        byName.put(set, new MountOption.SetTree(attribute));
        byName.put(cleared, new MountOption.ClearTree(attribute));
    }

    /** What takes a choice of access times away leaves the kernel's own choice, {@code relatime}. */
    private void addAttributes() {
        attribute("rro", "rrw", MountAttribute.READ_ONLY);
        attribute("rnosuid", "rsuid", MountAttribute.NO_SUID);
        attribute("rnodev", "rdev", MountAttribute.NO_DEV);
        attribute("rnoexec", "rexec", MountAttribute.NO_EXEC);
        attribute("rnosymfollow", "rsymfollow", MountAttribute.NO_SYMLINK_FOLLOW);
        attribute("rnodiratime", "rdiratime", MountAttribute.NO_DIRECTORY_ATIME);
        byName.put("rnoatime", new MountOption.SetTree(MountAttribute.NO_ATIME));
        byName.put("rstrictatime", new MountOption.SetTree(MountAttribute.STRICT_ATIME));
        for (String kernels : List.of("rrelatime", "ratime", "rnorelatime", "rnostrictatime")) {
            byName.put(kernels, new MountOption.SetTree(MountAttribute.RELATIVE_ATIME));
        }
    }
}
