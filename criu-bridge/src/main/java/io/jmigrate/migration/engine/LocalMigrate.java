package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerSize;
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
        ContainerId container = ContainerId.of(request.container());
        LocalSource source = source(host, request, id);
        Journals journals = Journals.at(host.root());
        RecoverDeparture recovery = new RecoverDeparture(journals, new LocalSourceHost(host), LocalRecovery.PATIENCE);
        try (NameLock _ = new Departure(journals, recovery).begin(container, source.tree())) {
            return run(request, id, source, progress, cancel, company, limit);
        }
    }

    private MigrationResult run(
            MigrateRequest request,
            MigrationId id,
            LocalSource source,
            ProgressListener progress,
            CancelToken cancel,
            Company company,
            RateLimit limit) {
        SourceRecord first = first(request, id, source).in(company.group());
        Path out = outgoing(id);
        WireSecurity security = security(host.root(), request.insecure());
        Directories.make(out);
        Journals journals = Journals.at(host.root());
        try (CancelRequests _ = CancelRequests.open(journals, id, Side.SOURCE, cancel);
                SourceCourse course = new SourceCourse(journals, progress, first);
                Succession _ = Succession.of(host.launcher(), heirs.apply(id));
                Peer peer = peer(request, security, limit)) {
            return new SourceMigration(request, id, leaving(host, request, source), peer, course, out, cancel, company)
                    .run();
        } finally {
            Directories.remove(out);
        }
    }

    /** What is done to the container so that it goes. @throws Failure CRIU_MISSING */
    static SourceNode leaving(MigrationHost host, MigrateRequest request, LocalSource source) {
        if (request.mode().startsAnew()) {
            return RestartingSource.of(host, ContainerId.of(request.container()), source, request.stop());
        }
        host.criu(); // not only when it is frozen
        return source;
    }

    private static SourceRecord first(MigrateRequest request, MigrationId id, LocalSource source) {
        Instant now = Instant.now();
        SourceRecord first = new SourceRecord(
                id,
                request.container(),
                request.peer().toString(),
                request.insecure(),
                ThisHost.process(),
                source.tree(),
                SourceState.preflight(),
                now,
                now);
        return first.by(request.mode()).madeAt(source.created());
    }

    /**
     * Looks at both ends, and does nothing.
     *
     * @return everything that was looked at
     * @throws Failure NOT_FOUND, or that the peer can't be asked
     */
    public List<Check> inspect(MigrateRequest request) {
        MigrationId id = MigrationId.random();
        LocalSource source = source(host, request, id);
        WireSecurity security = security(host.root(), request.insecure());
        source.lowers(request.rootfs());
        try (Peer peer = RemotePeer.toAsk(request.peer(), security, request.patience());
                Control control = peer.control()) {
            return new Negotiation(request, id, leaving(host, request, source), control, Optional.empty()).inspect();
        }
    }

    /** How much of the container there is. */
    ContainerSize size(MigrateRequest request) {
        return leaving(host, request, source(host, request, MigrationId.random()))
                .size(request.rootfs());
    }

    /** @throws Failure NOT_FOUND */
    static LocalSource source(MigrationHost host, MigrateRequest request, MigrationId id) {
        return new LocalSource(
                host, ContainerId.of(request.container()), id, request.memory().tracker(), request.network());
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
