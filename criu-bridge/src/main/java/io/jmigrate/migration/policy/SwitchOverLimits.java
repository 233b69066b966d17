package io.jmigrate.migration.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What a migration may take.
 *
 * @param maxDowntime how long nothing may run, by prediction
 * @param maxRounds how often memory may be copied while the container runs; at least 1
 * @param deadline how long the whole may take, by prediction
 */
public record SwitchOverLimits(Duration maxDowntime, int maxRounds, Optional<Duration> deadline) {
    /** A pause that people don't notice and connections bear with one retransmission; more rounds make little of what 16 have left. */
    public static final SwitchOverLimits DEFAULT = new SwitchOverLimits(Duration.ofMillis(300), 16, Optional.empty());

    public SwitchOverLimits {
        if (maxRounds < 1) {
            throw new IllegalArgumentException("the memory is copied at least once");
        }
        if (maxDowntime.isNegative() || deadline.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("a negative time");
        }
    }
}
