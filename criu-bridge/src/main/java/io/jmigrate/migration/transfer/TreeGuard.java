package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.util.Set;
import java.util.function.LongConsumer;

/** Judges and counts what a peer sends of a tree, or of several together, before anything of it is written. */
public final class TreeGuard {
    private static final int SET_ID_BITS = 06000;
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
    private final LongConsumer room;
    private long entries;
    private long bytes;

    TreeGuard(TreeRules rules) {
        this(rules, _ -> {});
    }

    /** @param room is told of bytes before they are written, and throws if there is none for them */
    public TreeGuard(TreeRules rules, LongConsumer room) {
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

    /** @param count bytes of a file that come */
    void content(long count) {
        bytes += count;
        if (bytes > rules.bytesMax()) {
            throw tooMuch(rules.bytesMax() + " bytes");
        }
        room.accept(count);
    }

    private static Failure tooMuch(String limit) {
        return Failure.of(
                MigrationCode.PEER_PROTOCOL,
                "the peer broke the protocol: far more files than were announced, over " + limit);
    }
}
