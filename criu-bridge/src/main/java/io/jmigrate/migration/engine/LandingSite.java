package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.Departure;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingFacts;
import io.jmigrate.migration.plan.LandingFacts.Space;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.MemoryAllowance;
import io.jmigrate.migration.plan.Preflight;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at this host for a container that asks to land on it. */
final class LandingSite {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Said to a peer, who may have asked for any number of things. */
    private static final int OBJECTIONS_MAX = 50;

    private final MigrationHost host;
    private final LandingPolicy policy;
    private final LandingPlace place;

    LandingSite(MigrationHost host, LandingPolicy policy, Journals journals) {
        this.host = host;
        this.policy = policy;
        this.place = new LandingPlace(host, policy, journals);
    }

    /** Where the bundle of a container is made. */
    Path bundle(String container) {
        return place.bundle(container);
    }

    /** Everything that was looked at. */
    List<Check> judge(Offer offer) {
        ContainerId id;
        ObjectNode config;
        try {
            id = ContainerId.of(offer.container());
            config = config(offer);
        } catch (Failure e) {
            return List.of(Check.blocker(
                    End.DESTINATION, "offer", String.valueOf(e.getMessage()), "mend the container's config.json"));
        }
        Departure leaving = new Departure(
                offer.facts(),
                config,
                offer.size(),
                offer.needs(),
                offer.network(),
                offer.memoryFollows(),
                offer.startsAnew());
        List<Check> checks = new ArrayList<>(Preflight.of(leaving, facts(id, offer, config)));
        checks.addAll(policy(offer, config));
        return checks;
    }

    private List<Check> policy(Offer offer, ObjectNode config) {
        List<String> objections = new ArrayList<>(LandingCheck.of(config, policy));
        objections.addAll(new AllowedPlaces(policy).strayMounts(config));
        objections.addAll(MemoryAllowance.problems(config, offer.size(), policy));
        List<Check> checks = new ArrayList<>();
        objections.stream()
                .limit(OBJECTIONS_MAX)
                .forEach(objection -> checks.add(Check.blocker(
                        End.DESTINATION,
                        "policy",
                        objection,
                        "change the config, or what the node lets in with options of `node serve`")));
        if (objections.isEmpty()) {
            checks.add(Check.passed(End.DESTINATION, "policy", "the node lets in all that the config asks for"));
        }
        LandingCheck.cgroupInVain(config, policy)
                .ifPresent(path -> checks.add(Check.note(
                        End.DESTINATION,
                        "cgroup",
                        "its cgroup is where the node puts it, and not at " + JsonPath.quote(path),
                        "let the node take the place with --allow-spec cgroups")));
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

    private LandingFacts facts(ContainerId id, Offer offer, ObjectNode config) {
        return new LandingFacts(
                ThisHost.facts(host),
                KernelFacts.namespaces(),
                NeedsReader.monotonicMillis(),
                new LandingFacts.Room(
                        KernelFacts.memoryAvailableBytes(), space(ThisHost.MEMORY), space(policy.storage())),
                new LandingNetwork(host.containers()).besides(id),
                place.of(id, offer, config));
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
}
