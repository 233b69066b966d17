package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.Check.End;
import java.util.Optional;

/**
 * Whether a source can keep account of the names of the files that it sends. What is known of them is in the heap: twice, of what was sent
 * and of what is there now.
 *
 * @param heapBytesMax of this process
 */
public record NameRoom(long heapBytesMax) {
    /** Less than a name of forty characters takes, so that nobody is refused who had room. */
    private static final long NAME_BYTES = 450;

    /** What stands against sending so many names; empty if there may be room. */
    public Optional<Check> obstacle(ContainerSize size) {
        long names = size.rootfsEntries() + size.mountEntries();
        long most = heapBytesMax / NAME_BYTES;
        return names <= most
                ? Optional.empty()
                : Optional.of(Check.blocker(
                        End.SOURCE,
                        "names",
                        "its root filesystem and tmpfs mounts have " + names
                                + " names, and this program's heap has room for " + most + " at most",
                        "raise -Xmx in lib/java-stays.options, or send less of it with --rootfs diff or shared"));
    }
}
