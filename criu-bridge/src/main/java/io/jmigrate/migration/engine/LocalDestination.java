package io.jmigrate.migration.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.PreparedRestore;
import io.jmigrate.criu.RestoreContainer;
import io.jmigrate.criu.request.ForeignConnections;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.SocketMoves;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.transfer.TreeRules;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.arrival.ArrivedPages;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.Bookkeeping;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.later.FillerLink;
import io.jmigrate.pages.later.FillerSocket;
import io.jmigrate.pages.later.LaterFiles;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The destination on this host. */
public final class LocalDestination implements DestinationNode {
    private final MigrationHost host;
    private final LandingPolicy policy;
    private final Journals journals;
    private final LandingSite site;
    private final Bookkeeping bookkeeping = Bookkeeping.ofThisProcess();

    public LocalDestination(MigrationHost host, LandingPolicy policy) {
        this.host = host;
        this.policy = policy;
        this.journals = Journals.at(host.root());
        this.site = new LandingSite(host, policy, journals);
    }

    @Override
    public List<Check> judge(Offer offer) {
        return site.judge(offer);
    }

    @Override
    public DestinationRecord plan(MigrationId id, String container, String peer) {
        Instant now = Instant.now();
        DestinationRecord planned = new DestinationRecord(
                id,
                container,
                peer,
                ThisHost.process(),
                site.bundle(ContainerId.of(container).value()),
                ThisHost.imageDirectory(id),
                journals.directory().resolve(id + ".restore").resolve("restore.log"),
                Optional.empty(),
                DestinationState.accepted(),
                now,
                now);
        return planned.bootedAs(ThisHost.boot());
    }

    @Override
    public void prepare(Offer offer, DestinationRecord entry) {
        ObjectNode config = LandingSite.config(offer);
        LandingCheck.leaveCgroupToNode(config, policy);
        LandedBundle.make(entry.bundle(), LandedRoot.config(offer, config).toString());
        if (offer.rootfs() == RootfsMode.DIFF) {
            LandedRoot.makeLayers(entry.bundle());
        }
        Directories.make(entry.images());
        Directories.make(entry.restoreLog().getParent());
    }

    @Override
    public ArrivalBounds bounds(ContainerSize size) {
        return ArrivalBounds.of(size).within(policy.memoryBytesMax());
    }

    @Override
    public TreeReceiver rootfs(DestinationRecord entry, TreeBounds bounds) {
        TreeRules rules = new TreeRules(bounds.entriesMax(), bounds.sentBytesMax(), policy.devices(), policy.setIds());
        return new TreeReceiver(LandedRoot.tree(entry.bundle()), rules);
    }

    @Override
    public ArrivingPages memory(DestinationRecord entry, ArrivalBounds bounds) {
        return ArrivingPages.create(new LaterFiles(entry.images()).memory(), bookkeeping.open(bounds.keptBytesMax()));
    }

    @Override
    public void forgetKept(String container) {
        KeptStore.of(host.root()).ifPresent(store -> store.forget(container));
    }

    /** What can't be had is brought anew. */
    @Override
    public Optional<KeptPages> kept(String container, Optional<Fingerprint> peer) {
        try {
            return peer.flatMap(node -> KeptStore.of(host.root()).flatMap(store -> store.open(container, node)));
        } catch (Failure e) {
            host.containers().warn("what was kept of \"" + container + "\" is of no use: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public ReadyRestore reserve(
            DestinationRecord entry, NetworkTerms network, TreeBounds bounds, ArrivingPages memory) {
        LandedRoot.requireStill(entry.bundle(), policy);
        if (entry.startsAnew()) {
            return new HeldStart(host, entry, move(entry));
        }
        LandedStreams streams = LandedStreams.open(entry.bundle());
        PageStore pages = new ArrivedPages(entry.images(), memory);
        RestoreRequest request = RestoreRequest.of(
                        ContainerId.of(entry.container()), entry.bundle(), entry.images(), streams.standard())
                .withWorkDirectory(entry.restoreLog().getParent())
                .withOptions(TreeOptions.NONE.withTcpClose(network.closes()))
                .withTerms(RestoreTerms.NONE
                        .withStrangers(policy.grants().images())
                        .withMoves(new SocketMoves(Map.of(), network.moves(), ForeignConnections.CLOSED)))
                .withMemory(MemoryMode.AUTOMATIC)
                .withPages(pages);
        try {
            PreparedRestore prepared =
                    new RestoreContainer(host.containers(), host.launcher(), host.criu()).prepare(request);
            LandedMounts mounts = new LandedMounts(entry.images(), prepared, bounds, policy.devices(), policy.setIds());
            return new LandedRestore(entry.images(), prepared, pages, streams, move(entry), mounts).withNetwork();
        } catch (RuntimeException e) {
            try (streams) {
                throw e;
            }
        }
    }

    private NetworkMove move(DestinationRecord entry) {
        return new NetworkMove(host, entry.id(), Side.DESTINATION);
    }

    @Override
    public Optional<FillerLink> filler(DestinationRecord entry, FillerLink.Listener listener) {
        ContainerId id = ContainerId.of(entry.container());
        return FillerSocket.connect(host.containers().store().restoreWork(id), listener);
    }

    @Override
    public void pause(DestinationRecord entry) {
        cgroup(entry).beginFreeze();
    }

    @Override
    public void goOn(DestinationRecord entry) {
        cgroup(entry).thaw();
    }

    private Cgroup cgroup(DestinationRecord entry) {
        return host.containers().cgroup(host.containers().inspect(ContainerId.of(entry.container())));
    }

    @Override
    public void announce(DestinationRecord entry) {
        ContainerRecord container = host.containers().inspect(ContainerId.of(entry.container()));
        host.containers().network(container).ifPresent(Announcements::repeat);
        move(entry).finish(NetworkEvent.ANNOUNCE);
    }

    @Override
    public LeftArrival left(DestinationRecord entry) {
        return new ArrivalHere(host, entry);
    }
}
