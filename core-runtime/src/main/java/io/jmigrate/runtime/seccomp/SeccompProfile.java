package io.jmigrate.runtime.seccomp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A filter as a config describes it.
 *
 * @param defaultVerdict on calls that no rule is about
 * @param architectures besides the host's own
 * @param listener who is to handle calls with the action {@link SeccompAction#NOTIFY}
 */
public record SeccompProfile(
        Verdict defaultVerdict,
        Set<SeccompArchitecture> architectures,
        Set<SeccompFlag> flags,
        Optional<Listener> listener,
        List<SeccompRule> rules) {
    /**
     * @param path of a Unix socket on the host
     * @param metadata handed to it with each descriptor, opaque
     */
    public record Listener(String path, String metadata) {}

    public SeccompProfile {
        architectures = Set.copyOf(architectures);
        flags = Set.copyOf(flags);
        rules = List.copyOf(rules);
    }

    /** Whether any call is handed to a listener. */
    public boolean notifies() {
        return Stream.concat(Stream.of(defaultVerdict), rules.stream().map(SeccompRule::verdict))
                .anyMatch(verdict -> verdict.action() == SeccompAction.NOTIFY);
    }
}
