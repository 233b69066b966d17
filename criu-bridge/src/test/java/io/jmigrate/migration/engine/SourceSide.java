package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.LinkTerms;
import io.jmigrate.migration.plan.MemoryTerms;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.SwitchOverLimits;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.MemoryLink;
import io.jmigrate.migration.wire.RateLimit;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The source's engine with its journal on a disk and a simulated host, one end of a link in memory. */
final class SourceSide {
    static final PeerAddress ADDRESS = new PeerAddress("destination", 7070);
    /** Older than a test, so that it is not sent again as one that may just have changed. */
    static final Path ROOTFS = resource("/handover-rootfs");

    private static final int CONNECTIONS = 2;

    final MigrationId id = MigrationId.random();
    FakeSource host;
    final List<ProgressEvent> events = new ArrayList<>();
    OnStall onStall = OnStall.STOP_AND_COPY;
    MigrateMode mode = MigrateMode.PRE_COPY;
    CancelToken cancel = new CancelToken();
    Company company = Company.none();
    NetworkTerms network = NetworkTerms.KEEP;
    String container = FakeSource.CONTAINER;
    boolean keep = true;
    private final Path root;
    private final Steps steps;
    private final MemoryLink link;
    private final Duration patience;
    private Optional<MigrationResult> result = Optional.empty();
    private Optional<Failure> failure = Optional.empty();

    /** @param root an empty directory */
    SourceSide(Path root, Trees trees, Steps steps, MemoryLink link, Duration patience) {
        this.root = root;
        this.steps = steps;
        this.link = link;
        this.patience = patience;
        this.host = new FakeSource(trees, steps, ROOTFS);
        link.callAs(steps::take);
    }

    private static Path resource(String name) {
        try {
            return Path.of(SourceSide.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Until it ends with a result or a failure, or its process dies. */
    void migrate() throws IOException {
        Path images = Files.createTempDirectory(root, "images");
        MigrateRequest request = new MigrateRequest(
                root,
                container,
                ADDRESS,
                RootfsMode.COPY,
                true,
                patience,
                new MemoryTerms(
                        !mode.memoryFollows() && !mode.startsAnew() && onStall != OnStall.HYBRID,
                        Optional.empty(),
                        Compress.AUTO,
                        keep),
                mode,
                SwitchOverLimits.DEFAULT,
                onStall,
                LinkTerms.USUAL,
                network,
                StopTerms.USUAL);
        try (SourceCourse course =
                        new SourceCourse(journals(), this::told, firstRecord().in(company.group()));
                Peer peer = peer(link, steps, patience)) {
            result = Optional.of(new SourceMigration(request, id, host, peer, course, images, cancel, company).run());
        } catch (Failure e) {
            failure = Optional.of(e);
        }
    }

    private SourceRecord firstRecord() {
        Instant now = Instant.now();
        SourceRecord first = new SourceRecord(
                id,
                container,
                ADDRESS.toString(),
                true,
                new ProcessRef(1, 1),
                Optional.empty(),
                SourceState.preflight(),
                now,
                now);
        return first.by(mode);
    }

    private void told(ProgressEvent event) {
        events.add(event);
        steps.take("tell of " + event);
    }

    /** The other end of the link, as a process sees it that takes these steps. */
    static Peer peer(MemoryLink link, Steps steps, Duration patience) {
        return new RemotePeer(
                link::connect,
                link::interruptCaller,
                () -> {
                    if (!steps.dead()) {
                        link.hangUp();
                    }
                },
                patience,
                RateLimit.none(),
                OptionalInt.of(CONNECTIONS));
    }

    Optional<MigrationResult> result() {
        return result;
    }

    Optional<Failure> failure() {
        return failure;
    }

    Journals journals() {
        return Journals.at(root);
    }

    Optional<SourceRecord> record() {
        return journals().source(id);
    }
}
