package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;
import java.util.Optional;

/** What one mount option means. */
sealed interface MountOption {
    record Set(MountFlag flag) implements MountOption {}

    record Clear(MountFlag flag) implements MountOption {}

    /** An attribute of the mount and of all below it (mount_setattr(2)). */
    record SetTree(MountAttribute attribute) implements MountOption {}

    record ClearTree(MountAttribute attribute) implements MountOption {}

    /** A bind mount, perhaps with what is mounted below its source. */
    record Bind(boolean recursive) implements MountOption {}

    record Spread(Propagation propagation) implements MountOption {}

    /** A tmpfs that begins with what the directory below it holds, as in runc. */
    record CopyUp() implements MountOption {}

    /** The ids of the files are mapped, perhaps those of the mounts below it, too. */
    record MapIds(boolean recursive) implements MountOption {}

    /** An option that changes nothing here. */
    record Nothing() implements MountOption {}

    /** An option of the specification that this version can't do. */
    record Unsupported() implements MountOption {}

    /** An option for the filesystem. */
    record Data() implements MountOption {}

    static MountOption named(String option) {
        return propagation(option)
                .<MountOption>map(Spread::new)
                .or(() -> flag(option))
                .orElseGet(() -> other(option));
    }

    private static MountOption other(String option) {
        return switch (option) {
            case "bind" -> new Bind(false);
            case "rbind" -> new Bind(true);
            case "defaults" -> new Nothing();
            case "tmpcopyup" -> new CopyUp();
            case "idmap" -> new MapIds(false);
            case "ridmap" -> new MapIds(true);
            case "remount" -> new Unsupported();
            default -> tree(option).orElseGet(Data::new);
        };
    }

    private static Optional<MountOption> tree(String option) {
        return option.startsWith("r") ? Optional.ofNullable(treeNamed(option.substring(1))) : Optional.empty();
    }

    /** What takes a choice of access times away leaves the kernel's own choice, {@code relatime}. */
    private static MountOption treeNamed(String option) {
        return switch (option) {
            case "ro" -> new SetTree(MountAttribute.READ_ONLY);
            case "rw" -> new ClearTree(MountAttribute.READ_ONLY);
            case "nosuid" -> new SetTree(MountAttribute.NO_SUID);
            case "suid" -> new ClearTree(MountAttribute.NO_SUID);
            case "nodev" -> new SetTree(MountAttribute.NO_DEV);
            case "dev" -> new ClearTree(MountAttribute.NO_DEV);
            case "noexec" -> new SetTree(MountAttribute.NO_EXEC);
            case "exec" -> new ClearTree(MountAttribute.NO_EXEC);
            case "nosymfollow" -> new SetTree(MountAttribute.NO_SYMLINK_FOLLOW);
            case "symfollow" -> new ClearTree(MountAttribute.NO_SYMLINK_FOLLOW);
            case "nodiratime" -> new SetTree(MountAttribute.NO_DIRECTORY_ATIME);
            case "diratime" -> new ClearTree(MountAttribute.NO_DIRECTORY_ATIME);
            case "noatime" -> new SetTree(MountAttribute.NO_ATIME);
            case "strictatime" -> new SetTree(MountAttribute.STRICT_ATIME);
            case "relatime", "atime", "norelatime", "nostrictatime" -> new SetTree(MountAttribute.RELATIVE_ATIME);
            default -> null;
        };
    }

    private static Optional<MountOption> flag(String option) {
        return Optional.ofNullable(
                switch (option) {
                    case "ro" -> new Set(MountFlag.READ_ONLY);
                    case "rw" -> new Clear(MountFlag.READ_ONLY);
                    case "nosuid" -> new Set(MountFlag.NO_SUID);
                    case "suid" -> new Clear(MountFlag.NO_SUID);
                    case "nodev" -> new Set(MountFlag.NO_DEV);
                    case "dev" -> new Clear(MountFlag.NO_DEV);
                    case "noexec" -> new Set(MountFlag.NO_EXEC);
                    case "exec" -> new Clear(MountFlag.NO_EXEC);
                    case "sync" -> new Set(MountFlag.SYNCHRONOUS);
                    case "async" -> new Clear(MountFlag.SYNCHRONOUS);
                    case "dirsync" -> new Set(MountFlag.DIRECTORY_SYNC);
                    case "mand" -> new Set(MountFlag.MANDATORY_LOCKS);
                    case "nomand" -> new Clear(MountFlag.MANDATORY_LOCKS);
                    case "nosymfollow" -> new Set(MountFlag.NO_SYMLINK_FOLLOW);
                    case "symfollow" -> new Clear(MountFlag.NO_SYMLINK_FOLLOW);
                    case "silent" -> new Set(MountFlag.SILENT);
                    case "loud" -> new Clear(MountFlag.SILENT);
                    case "iversion" -> new Set(MountFlag.INODE_VERSION);
                    case "noiversion" -> new Clear(MountFlag.INODE_VERSION);
                    default -> accessTime(option);
                });
    }

    private static MountOption accessTime(String option) {
        return switch (option) {
            case "noatime" -> new Set(MountFlag.NO_ATIME);
            case "atime" -> new Clear(MountFlag.NO_ATIME);
            case "nodiratime" -> new Set(MountFlag.NO_DIRECTORY_ATIME);
            case "diratime" -> new Clear(MountFlag.NO_DIRECTORY_ATIME);
            case "relatime" -> new Set(MountFlag.RELATIVE_ATIME);
            case "norelatime" -> new Clear(MountFlag.RELATIVE_ATIME);
            case "strictatime" -> new Set(MountFlag.STRICT_ATIME);
            case "nostrictatime" -> new Clear(MountFlag.STRICT_ATIME);
            case "lazytime" -> new Set(MountFlag.LAZY_TIME);
            case "nolazytime" -> new Clear(MountFlag.LAZY_TIME);
            default -> null;
        };
    }

    /** The propagation of a name such as {@code rslave}. */
    static Optional<Propagation> propagation(String name) {
        for (Propagation propagation : Propagation.values()) {
            if (propagation.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(propagation);
            }
        }
        return Optional.empty();
    }
}
