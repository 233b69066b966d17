package io.jmigrate.cli.option;

import java.time.Duration;
import java.util.Optional;

/** How long another node may say nothing before it counts as lost. */
public final class PatienceOption {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);

    private Optional<Duration> patience = Optional.empty();

    /** Adds the option. @param what it is for */
    public Declaration declare(Declaration verb, String what) {
        return verb.option("--patience", "DURATION", what, PatienceOption::of, value -> patience = Optional.of(value));
    }

    private static Duration of(String text) {
        Duration given = Interval.of(text);
        if (given.compareTo(LEAST) < 0 || given.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a second to a day");
        }
        return given;
    }

    /** As it was given, or what is usual. */
    public Duration orElse(Duration usual) {
        return patience.orElse(usual);
    }
}
