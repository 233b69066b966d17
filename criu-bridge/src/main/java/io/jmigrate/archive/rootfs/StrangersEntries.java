package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.transfer.Attributes;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes from entries that nobody vouches for what would do harm in a directory of the host, where others than the container may
 * come across it: rights of programs, and devices. The set-group-id bit of a directory, which gives no rights, stays.
 */
final class StrangersEntries {
    private static final int SET_ID_BITS = 06000;

    /** Names of devices that nothing else has come under since. */
    private final Set<String> absent = new HashSet<>();

    private int rights;
    private int devices;

    /** What is let in of an entry, if anything. */
    Optional<TreeEntry> admitted(TreeEntry entry) {
        absent.remove(entry.path());
        return switch (entry.kind()) {
            case CHARACTER_DEVICE, BLOCK_DEVICE -> leftOut(entry);
            case HARD_LINK -> absent.contains(entry.link()) ? leftOut(entry) : Optional.of(entry);
            case FILE -> Optional.of(hasRights(entry) ? withoutRights(entry) : entry);
            case DIRECTORY, SYMLINK, FIFO, SOCKET -> Optional.of(entry);
        };
    }

    private Optional<TreeEntry> leftOut(TreeEntry entry) {
        absent.add(entry.path());
        devices++;
        return Optional.empty();
    }

    private static boolean hasRights(TreeEntry entry) {
        return (entry.mode() & SET_ID_BITS) != 0 || entry.xattrs().containsKey(Attributes.CAPABILITIES);
    }

    private TreeEntry withoutRights(TreeEntry entry) {
        rights++;
        Map<String, byte[]> attributes = new HashMap<>(entry.xattrs());
        attributes.remove(Attributes.CAPABILITIES);
        return new TreeEntry(
                entry.path(),
                Kind.FILE,
                entry.mode() & ~SET_ID_BITS,
                entry.uid(),
                entry.gid(),
                entry.size(),
                entry.mtimeNanos(),
                "",
                0,
                attributes);
    }

    /** What was left out until now. */
    Withheld withheld() {
        return new Withheld(rights, devices);
    }
}
