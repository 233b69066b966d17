package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.later.FillerLink;
import java.util.List;
import java.util.Optional;

/** What the destination's engine does to its own host. Every method throws {@code Failure}. */
public interface DestinationNode {
    /** Looks at whether the container may and can land here. @return everything that was looked at */
    List<Check> judge(Offer offer);

    /** The first record of its arrival: where everything will be. */
    DestinationRecord plan(MigrationId id, String container, String peer);

    /** Makes the bundle with its config, and an empty directory for CRIU's images in memory. */
    void prepare(Offer offer, DestinationRecord entry);

    /** How much a container of this size may send here. */
    ArrivalBounds bounds(ContainerSize size);

    /** Takes the root filesystem, within these bounds. */
    TreeReceiver rootfs(DestinationRecord entry, TreeBounds bounds);

    /** Keeps memory as it arrives, within these bounds. */
    ArrivingPages memory(DestinationRecord entry, ArrivalBounds bounds);

    /**
     * What this node has kept of a container.
     *
     * @param peer the certificate of the node that it comes from; what is kept is told to the node that it went to alone
     * @return closed by the caller
     */
    Optional<KeptPages> kept(String container, Optional<Fingerprint> peer);

    /** Removes all that this node has kept of a container, whichever node it went to. */
    void forgetKept(String container);

    /**
     * Makes everything that a restore needs but the images; its root filesystem must be there.
     *
     * @param network what becomes of its addresses and connections
     * @param bounds of its filesystems in memory
     * @param memory complete when the restore is run, closed by the caller after it
     */
    ReadyRestore reserve(DestinationRecord entry, NetworkTerms network, TreeBounds bounds, ArrivingPages memory);

    /**
     * Whoever brings memory into a container that runs and lacks some.
     *
     * @return empty if nobody does: all is in place, or the container has ended
     */
    Optional<FillerLink> filler(DestinationRecord entry, FillerLink.Listener listener);

    /** Stops a container whose memory does not come at this time: a program that waits for a page stops when it has that. */
    void pause(DestinationRecord entry);

    /** Undoes {@link #pause}; nothing happens if it was not paused. */
    void goOn(DestinationRecord entry);

    /** The tree runs and its network is open: tells the neighbours again where its addresses are. */
    void announce(DestinationRecord entry);

    /** What is there of an arrival, whoever has worked on it. */
    LeftArrival left(DestinationRecord entry);
}
