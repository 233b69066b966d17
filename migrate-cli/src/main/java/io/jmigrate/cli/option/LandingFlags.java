package io.jmigrate.cli.option;

import io.jmigrate.archive.consent.SpecPart;
import io.jmigrate.criu.confine.ConfinedPart;
import io.jmigrate.migration.plan.LandingGrants;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.runtime.linux.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a node lets in of what its peers' containers ask for. */
public final class LandingFlags {
    private final List<Path> mounts = new ArrayList<>();
    private final Set<SpecPart> config = EnumSet.noneOf(SpecPart.class);
    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private final Set<ConfinedPart> images = EnumSet.noneOf(ConfinedPart.class);
    private boolean devices;
    private boolean forbidSetId;
    private Optional<Long> memory = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        verb.repeated(
                        "--allow-mount",
                        "DIR",
                        "Let arriving containers mount DIR and what is below it; may be given more than once.",
                        Path::of,
                        mounts::add)
                .repeated(
                        "--allow-capability",
                        "CAP",
                        "Let arriving containers have CAP besides the capabilities of a usual container; may be given more than once.",
                        LandingFlags::capability,
                        capabilities::add)
                .repeated(
                        "--allow-spec",
                        "PART,...",
                        "Parts of arriving containers' config.json that are taken as they are: "
                                + Choice.words(SpecPart.class)
                                + " (annotations are in any case; files of this host need --allow-mount).",
                        list -> Choices.of(SpecPart.class, list),
                        parts -> config.addAll(parts.set()))
                .repeated(
                        "--allow-images",
                        "PART,...",
                        "In what the images of arriving containers may exceed their config.json: "
                                + Choice.words(ConfinedPart.class) + ".",
                        list -> Choices.of(ConfinedPart.class, list),
                        parts -> images.addAll(parts.set()));
        return bounds(verb);
    }

    private Declaration bounds(Declaration verb) {
        return verb.flag(
                        "--allow-devices",
                        "Let arriving root filesystems have nodes of any device, not only /dev/null and the like.",
                        value -> devices = value)
                .flag(
                        "--forbid-set-id",
                        "Refuse root filesystems with programs that have set-id bits or capabilities.",
                        value -> forbidSetId = value)
                .option(
                        "--max-memory",
                        "SIZE",
                        "Refuse containers that have more memory, or whose config.json does not limit it to as much "
                                + "(default: what there is room for).",
                        Bytes::orUnlimited,
                        value -> memory = Optional.of(value).filter(bytes -> bytes >= 0));
    }

    private static Capability capability(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
        return Arrays.stream(Capability.values())
                .filter(known -> known.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no capability"));
    }

    /**
     * The policy.
     *
     * @param storage where bundles of arriving containers are made
     * @param resolve relates a path to the caller's directory
     */
    public LandingPolicy policy(Path storage, UnaryOperator<Path> resolve) {
        LandingPolicy policy = LandingPolicy.at(storage)
                .withMounts(mounts.stream().map(resolve).toList())
                .withDevices(devices)
                .withSetIds(!forbidSetId)
                .withGrants(new LandingGrants(config, capabilities, images));
        return memory.map(policy::withMemoryBytesMax).orElse(policy);
    }
}
