package io.jmigrate.migration.engine;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.pages.kept.KeptPages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The node service with its journal on a disk and a simulated host, the listening end of a link in memory. */
final class DestinationSide {
    private final Path root;
    private final Trees trees;
    private final FakeCriu criu;
    private final MemoryLink link;
    private volatile Optional<KeptPages> kept = Optional.empty();
    private final List<NodeSessions> services = new CopyOnWriteArrayList<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();

    /** @param root an empty directory */
    DestinationSide(Path root, Trees trees, MemoryLink link) {
        this.root = root;
        this.trees = trees;
        this.criu = new FakeCriu(trees, root);
        this.link = link;
    }

    /** A service that takes these steps listens from now on. */
    void serve(Steps steps, Duration patience) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS, root, LandingPolicy.at(root), NodeLimits.DEFAULT, true, patience, patience);
        NodeSessions node = service(request, host(steps, List.of()));
        link.listen((end, role) -> node.serve(end.connection(role)), steps::take);
    }

    /** A service that listens from now on. @param caller the certificate of whoever connects, asked each time */
    void serveTo(Supplier<Fingerprint> caller, NodeLimits limits) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS, root, LandingPolicy.at(root), limits, false, Patience.LIMIT, Patience.LIMIT);
        NodeSessions node = service(request, host(Steps.undisturbed(), List.of()));
        link.listen((end, role) -> node.serve(end.connection(role, caller.get())), _ -> {});
    }

    private NodeSessions service(NodeServeRequest request, FakeDestination host) {
        NodeSessions service = new NodeSessions(request, host);
        services.add(service);
        return service;
    }

    /** Whatever has listened ends: nothing is written below the root after this. All sessions must have ended. */
    void end() {
        services.forEach(NodeSessions::close);
    }

    /** What the service has written down. */
    List<AuditEvent> audit() {
        return AuditLog.of(root).read().events();
    }

    /** A service that finds these problems with every offer listens from now on. */
    void serveWith(List<String> problems, Duration patience) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS, root, LandingPolicy.at(root), NodeLimits.DEFAULT, true, patience, patience);
        NodeSessions node = service(request, host(Steps.undisturbed(), problems));
        link.listen((end, role) -> node.serve(end.connection(role)), _ -> {});
    }

    /** The host, for a process that takes these steps. */
    FakeDestination host(Steps steps, List<String> problems) {
        FakeDestination host = new FakeDestination(trees, steps, root, criu, _ -> problems);
        host.hasKept(() -> kept);
        host.forgets(forgotten::add);
        return host;
    }

    /** It has kept these of any container. */
    void hasKept(KeptPages pages) {
        kept = Optional.of(pages);
    }

    /** Containers of which it has forgotten all that it had kept. */
    List<String> forgotten() {
        return forgotten;
    }

    /** A service that finds something wrong with every offer listens from now on. @param judge says what it is */
    void serveJudging(Function<Offer, String> judge) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS,
                root,
                LandingPolicy.at(root),
                NodeLimits.DEFAULT,
                true,
                Patience.LIMIT,
                Patience.LIMIT);
        FakeDestination host =
                new FakeDestination(trees, Steps.undisturbed(), root, criu, offer -> List.of(judge.apply(offer)));
        NodeSessions node = service(request, host);
        link.listen((end, role) -> node.serve(end.connection(role)), _ -> {});
    }

    FakeCriu criu() {
        return criu;
    }

    Path bundle() {
        return root.resolve(FakeDestination.BUNDLE);
    }

    Path images() {
        return root.resolve(FakeDestination.IMAGES);
    }

    Journals journals() {
        return Journals.at(root);
    }

    Optional<DestinationRecord> record(MigrationId id) {
        return journals().destination(id);
    }
}
