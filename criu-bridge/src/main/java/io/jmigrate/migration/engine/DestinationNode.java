package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreListener;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import java.nio.file.Path;
import java.util.List;

/** What the destination's engine does to its own host. Every method throws {@code Failure}. */
public interface DestinationNode {
    /** What forbids the container to land here, as sentences; empty if nothing does. */
    List<String> problems(Offer offer);

    /** Where its bundle will be. */
    Path bundle(Offer offer);

    /** Makes the bundle with its config, and an empty directory for CRIU's images in memory. */
    void prepare(Offer offer, DestinationRecord entry);

    /** Takes the root filesystem. */
    TreeReceiver rootfs(DestinationRecord entry);

    /** Restores it; the listener decides in the held state. */
    void restore(DestinationRecord entry, RestoreListener listener);

    /** Lets packets pass, and tells the neighbours where the addresses are now. */
    void openNetwork(DestinationRecord entry);

    /** Removes CRIU's images. */
    void removeImages(DestinationRecord entry);

    /** Removes everything of a container that never ran: processes, cgroups, network, bundle, images. */
    void discard(DestinationRecord entry);

    /** Completes the record of a container that was resumed when the node service had died. */
    void adopt(DestinationRecord entry);
}
