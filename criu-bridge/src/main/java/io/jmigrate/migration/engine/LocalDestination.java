package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.PreparedRestore;
import io.jmigrate.criu.RestoreContainer;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.criu.RestoreRemains;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.policy.DestinationFacts;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.HostFacts;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The destination on this host. */
public final class LocalDestination implements DestinationNode {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TreeOptions OPTIONS =
            TreeOptions.NONE.withTcpEstablished(true).withFileLocks(true);

    private final MigrationHost host;
    private final LandingPolicy policy;
    private final Journals journals;

    public LocalDestination(MigrationHost host, LandingPolicy policy) {
        this.host = host;
        this.policy = policy;
        this.journals = Journals.at(host.root());
    }

    @Override
    public List<String> problems(Offer offer) {
        List<String> problems = new ArrayList<>();
        try {
            ContainerId id = ContainerId.of(offer.container());
            if (exists(id)) {
                problems.add("there is a " + id.inSentence() + " at the destination already");
            }
            problems.addAll(openArrivals(id));
            problems.addAll(LandingCheck.of(config(offer), policy));
        } catch (Failure e) {
            problems.add(e.getMessage());
            return problems;
        }
        facts(offer.facts(), problems);
        place(offer, problems);
        return problems;
    }

    /** Two arrivals of one container would have the same bundle and the same place. */
    private List<String> openArrivals(ContainerId id) {
        return journals.list().stream()
                .filter(DestinationRecord.class::isInstance)
                .map(DestinationRecord.class::cast)
                .filter(entry -> entry.container().equals(id.value()))
                .filter(entry -> !entry.ended() || Files.exists(entry.images()))
                .map(entry -> "migration " + entry.id() + " of " + id.inSentence() + " to the destination is not over")
                .toList();
    }

    private boolean exists(ContainerId id) {
        try {
            host.containers().inspect(id);
            return true;
        } catch (Failure e) {
            if (e.code() == RuntimeCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static JsonNode config(Offer offer) {
        try {
            JsonNode config = JSON.readTree(offer.config());
            if (config instanceof ObjectNode) {
                return config;
            }
        } catch (JsonProcessingException e) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the container's config is not JSON")
                    .withCause(e);
        }
        throw Failure.of(MigrationCode.PEER_PROTOCOL, "the container's config is not a JSON object");
    }

    private void facts(HostFacts source, List<String> problems) {
        HostFacts here = ThisHost.facts(host);
        if (!source.arch().equals(here.arch())) {
            problems.add("the source is a machine of the type " + source.arch() + ", the destination " + here.arch());
        }
        if (!source.criu().equals(here.criu())) {
            problems.add("the source has CRIU " + source.criu() + ", the destination " + here.criu());
        }
    }

    private void place(Offer offer, List<String> problems) {
        Path bundle = bundle(offer.container());
        if (Files.exists(bundle, LinkOption.NOFOLLOW_LINKS) && !LandedBundle.isOne(bundle)) {
            problems.add("the directory " + bundle + " exists at the destination and was not made by a migration");
        }
        if (offer.rootfs() == RootfsMode.SHARED && !seesMarker(offer)) {
            problems.add("the destination does not see the source's root filesystem at " + offer.rootfsPath());
        }
    }

    private boolean seesMarker(Offer offer) {
        Path rootfs = Path.of(offer.rootfsPath()).normalize();
        boolean allowed = rootfs.startsWith(policy.storage())
                || policy.allowedMounts().stream().anyMatch(rootfs::startsWith);
        return allowed
                && offer.sharedMarker().matches("\\.jmigrate-shared-[0-9a-f]{32}")
                && Files.isRegularFile(rootfs.resolve(offer.sharedMarker()), LinkOption.NOFOLLOW_LINKS);
    }

    private Path bundle(String container) {
        return policy.storage().resolve(container);
    }

    @Override
    public DestinationRecord plan(MigrationId id, String container, String peer) {
        Instant now = Instant.now();
        return new DestinationRecord(
                id,
                container,
                peer,
                ThisHost.process(),
                bundle(ContainerId.of(container).value()),
                ThisHost.imageDirectory(id),
                journals.directory().resolve(id + ".restore").resolve("restore.log"),
                Optional.empty(),
                DestinationState.accepted(),
                now,
                now);
    }

    @Override
    public void prepare(Offer offer, DestinationRecord entry) {
        ObjectNode config = (ObjectNode) config(offer);
        String rootfs = offer.rootfs() == RootfsMode.COPY ? LandedBundle.ROOTFS : offer.rootfsPath();
        config.withObjectProperty("root").put("path", rootfs);
        LandedBundle.make(entry.bundle(), config.toString());
        Directories.make(entry.images());
        Directories.make(entry.restoreLog().getParent());
    }

    @Override
    public TreeReceiver rootfs(DestinationRecord entry) {
        return new TreeReceiver(entry.bundle().resolve(LandedBundle.ROOTFS));
    }

    @Override
    public ReadyRestore reserve(DestinationRecord entry) {
        LandedStreams streams = LandedStreams.open(entry.bundle());
        RestoreRequest request = RestoreRequest.of(
                        ContainerId.of(entry.container()), entry.bundle(), entry.images(), streams.standard())
                .withWorkDirectory(entry.restoreLog().getParent())
                .withOptions(OPTIONS);
        try {
            PreparedRestore prepared =
                    new RestoreContainer(host.containers(), host.launcher(), host.criu()).prepare(request);
            return new Prepared(prepared, streams);
        } catch (RuntimeException e) {
            try (streams) {
                throw e;
            }
        }
    }

    private record Prepared(PreparedRestore prepared, LandedStreams streams) implements ReadyRestore {
        @Override
        public void run(RestoreListener listener) {
            prepared.run(listener).orElseThrow();
        }

        @Override
        public void close() {
            try (streams) {
                prepared.close();
            }
        }
    }

    @Override
    public void announce(DestinationRecord entry) {
        ContainerRecord container = host.containers().inspect(ContainerId.of(entry.container()));
        host.containers().network(container).ifPresent(Announcements::repeat);
    }

    @Override
    public void removeImages(DestinationRecord entry) {
        RestoreRemains.remove(entry.restoreLog());
        Directories.remove(entry.images());
    }

    @Override
    public DestinationFacts facts(DestinationRecord entry) {
        boolean remains = Files.exists(entry.images());
        boolean resumed = RestoreOutcome.fromLog(entry.restoreLog()) == RestoreOutcome.RESUMED;
        return new DestinationFacts(remains && LogWriters.exist(entry.restoreLog()), resumed, remains);
    }

    @Override
    public void kill(DestinationRecord entry) {
        try {
            entry.tree().filter(Processes::alive).ifPresent(root -> Processes.kill(root, Signal.KILL));
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ESRCH)) {
                throw Failure.of(MigrationCode.JOURNAL, "cannot kill what was restored: " + e.getMessage())
                        .withCause(e);
            }
        }
    }

    @Override
    public void discard(DestinationRecord entry) {
        ContainerId id = ContainerId.of(entry.container());
        Optional<ContainerRecord> found = host.containers().store().find(id);
        if (found.filter(container -> isPlaceOf(entry, container)).isPresent()) {
            host.containers().delete().delete(new DeleteRequest(id, true));
            found = Optional.empty();
        }
        boolean bundleInUse =
                found.filter(other -> other.bundle().equals(entry.bundle())).isPresent();
        if (!bundleInUse && LandedBundle.isOne(entry.bundle())) {
            Directories.remove(entry.bundle());
        }
        removeImages(entry);
    }

    /** A container that never ran has no more than a place that was made for its restore. */
    private static boolean isPlaceOf(DestinationRecord entry, ContainerRecord container) {
        return container.restored()
                && container.state() instanceof ContainerState.Creating
                && container.bundle().equals(entry.bundle());
    }

    @Override
    public void adopt(DestinationRecord entry) {
        ContainerId id = ContainerId.of(entry.container());
        if (exists(id) && host.containers().inspect(id).state().word().equals("creating")) {
            RestoreSlot slot = host.containers().reopenRestore(id);
            slot.complete(entry.tree().orElseThrow());
        }
        ContainerRecord container = host.containers().inspect(id);
        host.containers().networkLock(container).ifPresent(NetworkLock::remove);
        host.containers().network(container).ifPresent(NetworkAttachment::linkUp);
        host.containers().network(container).ifPresent(NetworkAttachment::announce);
        removeImages(entry);
    }
}
