package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.util.Map;
import java.util.Set;

/** Judges and counts what a peer sends of a tree, or of several together, before anything of it is written. */
public final class TreeGuard {
    private static final int SET_ID_BITS = 06000;
    private static final long PAGE_BYTES = 4096;
    /** Major and minor numbers: those that a runtime gives every container, and what overlayfs marks removed names with. */
    private static final Set<DeviceNumber> HARMLESS = Set.of(
            new DeviceNumber(0, 0),
            new DeviceNumber(1, 3),
            new DeviceNumber(1, 5),
            new DeviceNumber(1, 7),
            new DeviceNumber(1, 8),
            new DeviceNumber(1, 9),
            new DeviceNumber(5, 0),
            new DeviceNumber(5, 2));

    private final TreeRules rules;
    private final TreeRoom room;
    private long entries;
    private long bytes;

    TreeGuard(TreeRules rules) {
        this(rules, TreeRoom.ENDLESS);
    }

    /** @param room for all that this judges */
    public TreeGuard(TreeRules rules, TreeRoom room) {
        this.rules = rules;
        this.room = room;
    }

    /** @throws Failure PEER_REFUSED if the rules forbid it, PEER_PROTOCOL if there are too many */
    void entry(TreeEntry entry) {
        countName();
        if (!entry.xattrs().keySet().stream().allMatch(Attributes::travels)) {
            throw Failure.of(
                    MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: an attribute of the host's policy");
        }
        switch (entry.kind()) {
            case CHARACTER_DEVICE -> device(entry, true);
            case BLOCK_DEVICE -> device(entry, false);
            case FILE -> setId(entry);
            case DIRECTORY, SYMLINK, HARD_LINK, FIFO, SOCKET -> {}
        }
        room.attributes(bytes(entry.xattrs()));
    }

    private static long bytes(Map<String, byte[]> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(each -> each.getKey().length() + each.getValue().length)
                .sum();
    }

    private void device(TreeEntry entry, boolean character) {
        DeviceNumber device = DeviceNumber.of(entry.device());
        if (!rules.devices() && !(character && HARMLESS.contains(device))) {
            throw refused("the " + (character ? "character" : "block") + " device " + device, entry);
        }
    }

    private void setId(TreeEntry entry) {
        if (rules.setIds()) {
            return;
        }
        if ((entry.mode() & SET_ID_BITS) != 0) {
            throw refused("a program with set-id bits", entry);
        }
        if (entry.xattrs().containsKey(Attributes.CAPABILITIES)) {
            throw refused("a program with capabilities", entry);
        }
    }

    private static Failure refused(String what, TreeEntry entry) {
        return Failure.of(
                MigrationCode.PEER_REFUSED,
                "the container has " + what + " at \"" + TreePath.shown(entry.path())
                        + "\", which the destination does not let in");
    }

    /** A name comes or goes. */
    void countName() {
        entries++;
        if (entries > rules.entriesMax()) {
            throw tooMuch(rules.entriesMax() + " names");
        }
    }

    /** @param count bytes of a file that come, however few to each of its pages @param offset in the file */
    void content(long offset, long count) {
        bytes += count;
        if (bytes > rules.bytesMax()) {
            throw tooMuch(rules.bytesMax() + " bytes");
        }
        if (count > 0) {
            long end = offset + count;
            room.content(((end - 1) / PAGE_BYTES - offset / PAGE_BYTES + 1) * PAGE_BYTES);
        }
    }

    private static Failure tooMuch(String limit) {
        return Failure.of(
                MigrationCode.PEER_PROTOCOL,
                "the peer broke the protocol: far more files than were announced, or than there is room for, over "
                        + limit);
    }
}
