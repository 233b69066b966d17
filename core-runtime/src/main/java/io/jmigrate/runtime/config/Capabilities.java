package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.spec.CapabilitiesSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The five capability sets of a process as masks of {@link Capability#bit()}.
 *
 * @param unknown names that are in one of the sets and no capabilities, at least none that this version knows
 */
public record Capabilities(
        long bounding, long effective, long inheritable, long permitted, long ambient, List<String> unknown) {
    private static final Map<String, Capability> BY_NAME =
            Arrays.stream(Capability.values()).collect(Collectors.toMap(Enum::name, Function.identity()));

    /** None at all: what a process without the field gets. */
    public static final Capabilities NONE = new Capabilities(0, 0, 0, 0, 0, List.of());

    public static Capabilities resolve(CapabilitiesSpec spec) {
        return new Capabilities(
                maskOf(spec.bounding()),
                maskOf(spec.effective()),
                maskOf(spec.inheritable()),
                maskOf(spec.permitted()),
                maskOf(spec.ambient()),
                unknown(spec));
    }

    private static List<String> unknown(CapabilitiesSpec spec) {
        return Stream.of(spec.bounding(), spec.effective(), spec.inheritable(), spec.permitted(), spec.ambient())
                .flatMap(List::stream)
                .filter(name -> named(name).isEmpty())
                .distinct()
                .toList();
    }

    /** The capability of a name such as {@code CAP_CHOWN}. */
    public static Optional<Capability> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names in a mask, by number. */
    public static List<String> namesIn(long mask) {
        return Arrays.stream(Capability.values())
                .filter(capability -> (mask & capability.bit()) != 0)
                .map(Enum::name)
                .toList();
    }

    private static long maskOf(List<String> names) {
        return Capability.mask(names.stream()
                .map(Capabilities::named)
                .flatMap(Optional::stream)
                .toList());
    }

    /** What is in any of the sets. */
    public long all() {
        return bounding | effective | inheritable | permitted | ambient;
    }

    /** Whether it is in any of the sets. */
    public boolean have(Capability capability) {
        return (all() & capability.bit()) != 0;
    }

    /** Only the capabilities in a mask: what a kernel without the newer ones can hold. */
    public Capabilities within(long mask) {
        return new Capabilities(
                bounding & mask, effective & mask, inheritable & mask, permitted & mask, ambient & mask, unknown);
    }

    /** With more in bounding, effective and permitted, as {@code exec --cap} grants them. */
    public Capabilities adding(List<String> names) {
        long mask = maskOf(names);
        return new Capabilities(bounding | mask, effective | mask, inheritable, permitted | mask, ambient, unknown);
    }
}
