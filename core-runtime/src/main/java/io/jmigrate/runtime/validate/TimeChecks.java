package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.TimeOffset;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.NamespaceSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Offsets of clocks, which only a new time namespace can have. */
final class TimeChecks {
    private static final String OFFSETS = "$.linux.timeOffsets";
    private static final Set<String> CLOCKS = Arrays.stream(TimeOffset.Clock.values())
            .map(TimeOffset.Clock::ociName)
            .collect(Collectors.toUnmodifiableSet());

    private TimeChecks() {}

    static void check(Subject subject, Problems problems) {
        Set<String> clocks = subject.spec().linux().timeOffsets().keySet();
        for (String clock : clocks) {
            if (!CLOCKS.contains(clock)) {
                problems.invalid(JsonPath.child(OFFSETS, clock), "is not a clock that can have an offset");
            }
        }
        Optional<NamespaceSpec> namespace = NamespaceChecks.named(subject.spec(), NamespaceKind.TIME);
        if (!clocks.isEmpty() && namespace.isEmpty()) {
            problems.invalid(OFFSETS, "needs a time namespace in $.linux.namespaces");
        } else if (!clocks.isEmpty() && namespace.get().path().isPresent()) {
            problems.invalid(OFFSETS, "needs a new time namespace: the offsets of one that is joined are fixed");
        }
    }
}
