package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.consent.ReducedSpec;
import io.jmigrate.archive.consent.SpecPart;
import io.jmigrate.archive.consent.SpecReduction;
import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.spec.BindMounts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a peer's config asks of this host, against what this host allows; all objections together. What the node lets in is taken out of a
 * copy, and the rest judged as the config of an archive is that nobody vouches for ({@link SpecReduction}): what that does not take, a
 * peer's may not have.
 */
public final class LandingCheck {
    private static final Path ANY_ROOT = Path.of("/");

    private final ObjectNode config;
    private final LandingPolicy policy;
    private final List<String> problems = new ArrayList<>();

    private LandingCheck(ObjectNode config, LandingPolicy policy) {
        this.config = config;
        this.policy = policy;
    }

    /** @param config parsed config.json of the arriving container, only read @return sentences, empty if it may land */
    public static List<String> of(ObjectNode config, LandingPolicy policy) {
        LandingCheck check = new LandingCheck(config, policy);
        check.configOfCriu();
        check.rest();
        check.problems.addAll(PrecedenceCheck.of(config.path("process"), policy.grants()));
        return List.copyOf(check.problems);
    }

    /** The place among this host's cgroups that the config asks for and does not get; empty if there is no such thing. */
    public static Optional<String> cgroupInVain(ObjectNode config, LandingPolicy policy) {
        return Optional.of(config.path("linux").path("cgroupsPath").asText(""))
                .filter(path -> !path.isEmpty())
                .filter(_ -> !policy.grants().config().contains(SpecPart.CGROUPS));
    }

    /** Takes that place out of the config: the node chooses one. */
    public static void leaveCgroupToNode(ObjectNode config, LandingPolicy policy) {
        if (cgroupInVain(config, policy).isPresent()) {
            ((ObjectNode) config.path("linux")).remove("cgroupsPath");
        }
    }

    /** The paths of this host that the config mounts, of those that it may. */
    public static List<Path> allowedMounts(JsonNode config, LandingPolicy policy) {
        return StreamSupport.stream(config.path("mounts").spliterator(), false)
                .filter(BindMounts::include)
                .flatMap(mount -> source(mount).stream())
                .filter(source -> isBelowAllowed(source, policy))
                .toList();
    }

    /** By its name; {@code ..} in it counts. */
    private static boolean isBelowAllowed(Path source, LandingPolicy policy) {
        return policy.allowedMounts().stream().anyMatch(source.normalize()::startsWith);
    }

    private static Optional<Path> source(JsonNode mount) {
        try {
            return Optional.of(Path.of(mount.path("source").asText(""))).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty(); // no host has it
        }
    }

    /** A file of this host that CRIU takes over everything that it is asked for: the peer has just sent files that it could name. */
    private void configOfCriu() {
        if (!config.path("annotations").path(CriuConfig.ANNOTATION).asText("").isEmpty()) {
            problems.add("the config names a configuration file of CRIU, with the annotation " + CriuConfig.ANNOTATION);
        }
    }

    private void rest() {
        ObjectNode left = config.deepCopy();
        leaveCgroupToNode(left, policy);
        if (left.path("mounts") instanceof ArrayNode mounts) {
            mounts(mounts);
        }
        if (left.path("process").path("capabilities") instanceof ObjectNode sets) {
            sets.forEach(this::takeGranted);
        }
        Set<SpecPart> granted = EnumSet.of(SpecPart.ANNOTATIONS);
        granted.addAll(policy.grants().config());
        ReducedSpec reduced = SpecReduction.of(left, ANY_ROOT, granted);
        Stream.concat(reduced.refused().stream(), reduced.leftOut().stream())
                .forEach(item -> problems.add("the config asks for " + item));
        problems.addAll(UnjudgedFields.of(left, reduced.document()));
    }

    /** Takes out the bind mounts, which are judged by their source, whatever else of mounts is granted. */
    private void mounts(ArrayNode mounts) {
        for (Iterator<JsonNode> each = mounts.iterator(); each.hasNext(); ) {
            JsonNode mount = each.next();
            if (BindMounts.include(mount)) {
                each.remove();
                if (source(mount)
                        .filter(source -> isBelowAllowed(source, policy))
                        .isEmpty()) {
                    problems.add("the config mounts "
                            + JsonPath.quote(mount.path("source").asText("")) + " of this host, which is not allowed");
                }
            }
        }
    }

    private void takeGranted(JsonNode names) {
        if (names instanceof ArrayNode array) {
            for (Iterator<JsonNode> each = array.iterator(); each.hasNext(); ) {
                String name = each.next().asText();
                if (policy.grants().capabilities().stream()
                        .map(Capability::name)
                        .anyMatch(name::equals)) {
                    each.remove();
                }
            }
        }
    }
}
