package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.RateLimit;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Migrates from this host. */
public final class LocalMigrate implements Migrate {
    private final MigrationHost host;
    private final Function<MigrationId, Optional<HeirCommand>> heirs;

    public LocalMigrate(MigrationHost host) {
        this(host, _ -> Optional.empty());
    }

    private LocalMigrate(MigrationHost host, Function<MigrationId, Optional<HeirCommand>> heirs) {
        this.host = host;
        this.heirs = heirs;
    }

    /**
     * The same, with somebody who recovers a migration if this process is killed.
     *
     * @param command does what {@link LocalRecovery} does with this migration
     */
    public LocalMigrate withHeir(Function<MigrationId, HeirCommand> command) {
        return new LocalMigrate(host, id -> Optional.of(command.apply(id)));
    }

    @Override
    public MigrationResult run(MigrateRequest request, ProgressListener progress, CancelToken cancel) {
        return run(request, progress, cancel, Company.none(), limit(request));
    }

    /** One of those that leave together. @param limit that they share */
    MigrationResult run(
            MigrateRequest request, ProgressListener progress, CancelToken cancel, Company company, RateLimit limit) {
        MigrationId id = MigrationId.random();
        ContainerHere leaving = container(host, request, id);
        Journals journals = Journals.at(host.root());
        RecoverDeparture recovery = new RecoverDeparture(journals, new LocalSourceHost(host), LocalRecovery.PATIENCE);
        try (NameLock _ = new Departure(journals, recovery).begin(leaving.id(), leaving.init())) {
            return run(request, id, leaving, progress, cancel, company, limit);
        }
    }

    private MigrationResult run(
            MigrateRequest request,
            MigrationId id,
            ContainerHere container,
            ProgressListener progress,
            CancelToken cancel,
            Company company,
            RateLimit limit) {
        SourceRecord first = first(request, id, container).in(company.group());
        Path out = outgoing(id);
        WireSecurity security = security(host.root(), request.insecure());
        Directories.make(out);
        Journals journals = Journals.at(host.root());
        try (CancelRequests _ = CancelRequests.open(journals, id, Side.SOURCE, cancel);
                SourceCourse course = new SourceCourse(journals, progress, first);
                Succession _ = Succession.of(host.launcher(), heirs.apply(id));
                Peer peer = peer(request, security, limit)) {
            return new SourceMigration(request, id, leaving(request, container), peer, course, out, cancel, company)
                    .run();
        } finally {
            Directories.remove(out);
        }
    }

    /** What is done to the container so that it goes. @throws Failure CRIU_MISSING */
    static SourceNode leaving(MigrateRequest request, ContainerHere container) {
        if (request.mode().startsAnew()) {
            return RestartingSource.of(container, request.stop());
        }
        container.host().criu(); // not only when it is frozen
        return new LocalSource(container, request.memory().tracker());
    }

    private static SourceRecord first(MigrateRequest request, MigrationId id, ContainerHere container) {
        Instant now = Instant.now();
        SourceRecord first = new SourceRecord(
                id,
                request.container(),
                request.peer().toString(),
                request.insecure(),
                ThisHost.process(),
                container.init(),
                SourceState.preflight(),
                now,
                now);
        return first.by(request.mode()).madeAt(container.created());
    }

    /**
     * Looks at both ends, and does nothing.
     *
     * @return everything that was looked at
     * @throws Failure NOT_FOUND, or that the peer can't be asked
     */
    public List<Check> inspect(MigrateRequest request) {
        ContainerHere container = container(host, request, MigrationId.random());
        container.lowers(request.rootfs());
        return inspect(request, container, leaving(request, container));
    }

    /** @param source of the container */
    static List<Check> inspect(MigrateRequest request, ContainerHere container, SourceNode source) {
        WireSecurity security = security(container.host().root(), request.insecure());
        try (Peer peer = RemotePeer.toAsk(request.peer(), security, request.patience());
                Control control = peer.control()) {
            return new Negotiation(request, container.migration(), source, control, Optional.empty()).inspect();
        }
    }

    /** @throws Failure NOT_FOUND */
    static ContainerHere container(MigrationHost host, MigrateRequest request, MigrationId id) {
        return new ContainerHere(host, ContainerId.of(request.container()), id, request.network());
    }

    /** The other end, which nothing has been said to yet. */
    static Peer peer(MigrationHost host, MigrateRequest request) {
        return peer(request, security(host.root(), request.insecure()), limit(request));
    }

    private static Peer peer(MigrateRequest request, WireSecurity security, RateLimit limit) {
        return RemotePeer.at(
                request.peer(),
                security,
                request.patience(),
                limit,
                request.link().connections());
    }

    static RateLimit limit(MigrateRequest request) {
        return request.link().bandwidthMax().stream()
                .mapToObj(RateLimit::of)
                .findFirst()
                .orElseGet(RateLimit::none);
    }

    /** Where CRIU's images of a leaving container are until they are sent; in memory. */
    static Path outgoing(MigrationId id) {
        Path images = ThisHost.imageDirectory(id);
        return images.resolveSibling(images.getFileName() + ".source");
    }

    static WireSecurity security(Path root, boolean insecure) {
        return insecure
                ? new WireSecurity.Plaintext()
                : new WireSecurity.Certificates(NodeIdentity.load(root), TrustedPeers.of(root));
    }
}
