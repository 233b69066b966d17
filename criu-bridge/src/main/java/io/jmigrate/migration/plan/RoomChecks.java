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

    /** Memory is there twice for a moment: as images, and as the processes that are restored of them. */
    void add() {
        space("memory for images", room.images(), size.memoryBytes(), "the container's memory");
        long twice = 2 * Math.min(size.memoryBytes(), Long.MAX_VALUE / 2);
        long available = room.memoryAvailableBytes();
        checks.require(
                "memory",
                available >= twice,
                mib(available) + " are available, the restore needs " + mib(twice),
                mib(available) + " of memory are available, the restore needs " + mib(twice),
                "end other programs there");
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
