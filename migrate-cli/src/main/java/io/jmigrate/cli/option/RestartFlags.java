package io.jmigrate.cli.option;

import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a container is ended that starts anew at the other node. */
final class RestartFlags {
    private static final String SIGNAL = "--stop-signal";
    private static final String TIMEOUT = "--stop-timeout";

    private Optional<Signal> signal = Optional.empty();
    private Optional<Duration> grace = Optional.empty();

    /** Adds the options. */
    Declaration declare(Declaration verb) {
        return verb.option(
                        SIGNAL,
                        "SIGNAL",
                        "With --mode restart: what tells its program to end (default: what the annotation "
                                + StopTerms.ANNOTATION + " says, else TERM).",
                        RestartFlags::parse,
                        value -> signal = Optional.of(value))
                .option(
                        TIMEOUT,
                        "DURATION",
                        "With --mode restart: kill what has not ended by then (default: 10s).",
                        Interval::of,
                        value -> grace = Optional.of(value));
    }

    private static Signal parse(String text) {
        return Signal.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("there is no signal \"" + text + "\""));
    }

    /**
     * What was asked for.
     *
     * @param ofMemory other options that were given and are about memory
     * @throws Failure USAGE if something was given that the mode has no use for
     */
    StopTerms terms(MigrateMode mode, List<String> ofMemory) {
        if (!mode.startsAnew() && (signal.isPresent() || grace.isPresent())) {
            throw Failure.of(
                    OptionCode.USAGE, (signal.isPresent() ? SIGNAL : TIMEOUT) + " is for --mode restart alone");
        }
        if (mode.startsAnew()) {
            refuse(ofMemory);
        }
        return new StopTerms(signal, grace.orElse(StopTerms.USUAL.grace()));
    }

    /** @throws Failure USAGE if there is one */
    static void refuse(List<String> ofMemory) {
        ofMemory.stream().findFirst().ifPresent(option -> {
            throw Failure.of(OptionCode.USAGE, option + " is about memory, which does not go with --mode restart");
        });
    }
}
