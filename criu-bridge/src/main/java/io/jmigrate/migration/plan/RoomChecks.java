package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.LandingFacts.Room;
import io.jmigrate.migration.plan.LandingFacts.Space;

/**
 * Whether there is room for a container.
 *
 * @param size of it
 * @param room that there is
 * @param checks gets what was looked at
 */
record RoomChecks(ContainerSize size, Room room, Checks checks) {
    private static final long MIB = 1L << 20;
    /** More than any host has; keeps sums within their type. */
    private static final long MOST = 1L << 60;

    /** Memory is there twice for a moment: as images, and as the processes that are restored of them. Files in memory are there once. */
    void add() {
        space("memory for images", room.images(), size.memoryBytes(), "the container's memory");
        long needed = 2 * Math.min(size.memoryBytes(), MOST) + Math.min(size.mountBytes(), MOST);
        long available = room.memoryAvailableBytes();
        checks.require(
                "memory",
                available >= needed,
                mib(available) + " are available, the restore needs " + mib(needed),
                mib(available) + " of memory are available, the restore needs " + mib(needed),
                "end other programs there");
        addDisk();
    }

    /** Of a container that comes without memory. */
    void addDisk() {
        space("disk", room.storage(), size.rootfsBytes(), "the container's root filesystem");
    }

    private void space(String subject, Space space, long needed, String what) {
        String sentence =
                space.directory() + " has " + mib(space.freeBytes()) + " free, " + what + " takes " + mib(needed);
        checks.require(subject, space.freeBytes() >= needed, sentence, sentence, "make room there");
    }

    private static String mib(long bytes) {
        return Math.ceilDiv(bytes, MIB) + " MiB";
    }
}
