package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingFacts;
import io.jmigrate.migration.plan.LandingFacts.Space;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.Preflight;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at this host for a container that asks to land on it. */
final class LandingSite {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MigrationHost host;
    private final LandingPolicy policy;
    private final Journals journals;

    LandingSite(MigrationHost host, LandingPolicy policy, Journals journals) {
        this.host = host;
        this.policy = policy;
        this.journals = journals;
    }

    /** Where the bundle of a container is made. */
    Path bundle(String container) {
        return policy.storage().resolve(container);
    }

    /** Everything that was looked at. */
    List<Check> judge(Offer offer) {
        ContainerId id;
        ObjectNode config;
        try {
            id = ContainerId.of(offer.container());
            config = config(offer);
        } catch (Failure e) {
            return List.of(new Check(End.DESTINATION, "offer", String.valueOf(e.getMessage()), ""));
        }
        List<Check> checks = new ArrayList<>(Preflight.of(offer.facts(), config, offer.size(), facts(id, offer)));
        List<String> objections = LandingCheck.of(config, policy);
        objections.forEach(objection -> checks.add(
                new Check(End.DESTINATION, "policy", objection, "change the config, or what the node allows")));
        if (objections.isEmpty()) {
            checks.add(Check.passed(End.DESTINATION, "policy"));
        }
        return checks;
    }

    /** The offer's config.json, parsed. @throws Failure PEER_PROTOCOL if it is none */
    static ObjectNode config(Offer offer) {
        try {
            JsonNode config = JSON.readTree(offer.config());
            if (config instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the container's config is not JSON")
                    .withCause(e);
        }
        throw Failure.of(MigrationCode.PEER_PROTOCOL, "the container's config is not a JSON object");
    }

    private LandingFacts facts(ContainerId id, Offer offer) {
        return new LandingFacts(
                ThisHost.facts(host),
                KernelFacts.memoryAvailableBytes(),
                space(ThisHost.MEMORY),
                space(policy.storage()),
                KernelFacts.interfaces(),
                KernelFacts.namespaces(),
                obstructions(id, offer));
    }

    /** Of a directory that may not exist yet. */
    private static Space space(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return new Space(directory, Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            throw Failure.of(
                            MigrationCode.PREFLIGHT,
                            "cannot see how much is free in " + existing + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private List<String> obstructions(ContainerId id, Offer offer) {
        List<String> found = new ArrayList<>();
        if (host.containers().store().find(id).isPresent()) {
            found.add("there is a " + id.inSentence() + " already");
        }
        found.addAll(openArrivals(id));
        Path bundle = bundle(offer.container());
        if (Files.exists(bundle, LinkOption.NOFOLLOW_LINKS) && !LandedBundle.isOne(bundle)) {
            found.add("the directory " + bundle + " exists and was not made by a migration");
        }
        if (offer.rootfs() == RootfsMode.SHARED && !seesMarker(offer)) {
            found.add("it does not see the source's root filesystem at " + offer.rootfsPath());
        }
        return found;
    }

    /** Two arrivals of one container would have the same bundle and the same place. */
    private List<String> openArrivals(ContainerId id) {
        return journals.list().stream()
                .filter(DestinationRecord.class::isInstance)
                .map(DestinationRecord.class::cast)
                .filter(entry -> entry.container().equals(id.value()))
                .filter(entry -> !entry.ended() || Files.exists(entry.images()))
                .map(entry -> "migration " + entry.id() + " of " + id.inSentence() + " to it is not over")
                .toList();
    }

    private boolean seesMarker(Offer offer) {
        Path rootfs = Path.of(offer.rootfsPath()).normalize();
        boolean allowed = rootfs.startsWith(policy.storage())
                || policy.allowedMounts().stream().anyMatch(rootfs::startsWith);
        return allowed
                && offer.sharedMarker().matches("\\.jmigrate-shared-[0-9a-f]{32}")
                && Files.isRegularFile(rootfs.resolve(offer.sharedMarker()), LinkOption.NOFOLLOW_LINKS);
    }
}
