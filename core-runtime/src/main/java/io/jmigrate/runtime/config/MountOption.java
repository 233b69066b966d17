package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;
import java.util.Optional;

/** What one mount option means. */
sealed interface MountOption {
    record Set(MountFlag flag) implements MountOption {}

    record Clear(MountFlag flag) implements MountOption {}

    /** A bind mount, perhaps with what is mounted below its source. */
    record Bind(boolean recursive) implements MountOption {}

    record Spread(Propagation propagation) implements MountOption {}

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
            case "remount", "idmap", "ridmap", "tmpcopyup" -> new Unsupported();
            default -> isRecursiveAttribute(option) ? new Unsupported() : new Data();
        };
    }

    /** {@code rro}, {@code rnosuid} and so on: attributes of a whole tree (mount_setattr(2)). */
    private static boolean isRecursiveAttribute(String option) {
        if (!option.startsWith("r")) {
            return false;
        }
        return switch (option.substring(1)) {
            case "ro", "rw", "suid", "nosuid", "dev", "nodev", "exec", "noexec", "symfollow", "nosymfollow" -> true;
            case "atime", "noatime", "diratime", "nodiratime", "relatime", "norelatime" -> true;
            case "strictatime", "nostrictatime" -> true;
            default -> false;
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
