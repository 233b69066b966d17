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
import java.util.Map;
import java.util.Optional;

/** One host where several containers arrive, each with a simulated one of its own. */
record DestinationMembers(Map<MigrationId, FakeDestination> hosts) implements DestinationNode {
    @Override
    public List<Check> judge(Offer offer) {
        return hosts.get(offer.id()).judge(offer);
    }

    @Override
    public DestinationRecord plan(MigrationId id, String container, String peer) {
        return hosts.get(id).plan(id, container, peer);
    }

    @Override
    public void prepare(Offer offer, DestinationRecord entry) {
        hosts.get(entry.id()).prepare(offer, entry);
    }

    @Override
    public ArrivalBounds bounds(ContainerSize size) {
        return ArrivalBounds.of(size);
    }

    @Override
    public TreeReceiver rootfs(DestinationRecord entry, TreeBounds bounds) {
        return hosts.get(entry.id()).rootfs(entry, bounds);
    }

    @Override
    public ArrivingPages memory(DestinationRecord entry, ArrivalBounds bounds) {
        return hosts.get(entry.id()).memory(entry, bounds);
    }

    @Override
    public Optional<KeptPages> kept(String container, Optional<Fingerprint> peer) {
        return Optional.empty();
    }

    @Override
    public void forgetKept(String container) {
        // nothing is kept
    }

    @Override
    public ReadyRestore reserve(
            DestinationRecord entry, NetworkTerms network, TreeBounds bounds, ArrivingPages memory) {
        return hosts.get(entry.id()).reserve(entry, network, bounds, memory);
    }

    @Override
    public Optional<FillerLink> filler(DestinationRecord entry, FillerLink.Listener listener) {
        return hosts.get(entry.id()).filler(entry, listener);
    }

    @Override
    public void pause(DestinationRecord entry) {
        hosts.get(entry.id()).pause(entry);
    }

    @Override
    public void goOn(DestinationRecord entry) {
        hosts.get(entry.id()).goOn(entry);
    }

    @Override
    public void announce(DestinationRecord entry) {
        hosts.get(entry.id()).announce(entry);
    }

    @Override
    public LeftArrival left(DestinationRecord entry) {
        return hosts.get(entry.id()).left(entry);
    }
}
