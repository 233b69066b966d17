package io.jmigrate.cli.option;

import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.SwitchOverLimits;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a migration may take, and what becomes of it if that can't be kept. */
public final class SwitchOverFlags {
    private static final String ON_STALL = "--on-stall";
    private static final int ROUNDS_MAX = 1000;

    private Duration maxDowntime = SwitchOverLimits.DEFAULT.maxDowntime();
    private int maxRounds = SwitchOverLimits.DEFAULT.maxRounds();
    private Optional<Duration> deadline = SwitchOverLimits.DEFAULT.deadline();
    private OnStall onStall = OnStall.STOP_AND_COPY;
    private final List<String> given = new ArrayList<>();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--max-downtime",
                        "DURATION",
                        "Freeze it when it is predicted to stand still no longer (default: 300ms).",
                        Interval::of,
                        noted("--max-downtime", value -> maxDowntime = value))
                .option(
                        "--max-rounds",
                        "N",
                        "Copy memory at most so often while it runs (default: 16).",
                        text -> Numbers.between(text, 1, ROUNDS_MAX),
                        noted("--max-rounds", value -> maxRounds = value))
                .option(
                        "--deadline",
                        "DURATION",
                        "Copy no more while it runs if the whole would take longer (default: none).",
                        Interval::of,
                        noted("--deadline", value -> deadline = Optional.of(value)))
                .option(
                        ON_STALL,
                        "WAY",
                        "If that downtime can't be had: stop-and-copy (default) takes a longer one, throttle slows the container first, hybrid"
                                + " lets the memory that is left follow it, abort leaves it here.",
                        text -> Choice.of(OnStall.class, text),
                        noted(ON_STALL, value -> onStall = value));
    }

    private <T> Consumer<T> noted(String name, Consumer<T> taking) {
        return value -> {
            given.add(name);
            taking.accept(value);
        };
    }

    /**
     * Leaves none of them without effect.
     *
     * @throws Failure USAGE if one was given that the mode has no use for
     */
    void requireUse(MigrateMode mode) {
        if (!mode.hasRounds() && !given.isEmpty()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    given.getFirst() + " is about copying in rounds, which does not go with --mode "
                            + Choice.word(mode));
        }
        if (mode == MigrateMode.HYBRID && given.contains(ON_STALL) && onStall != OnStall.HYBRID) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--mode hybrid lets the memory that is left follow the container in any case: not with --on-stall "
                            + Choice.word(onStall));
        }
    }

    /** Which of these options were given. */
    List<String> given() {
        return List.copyOf(given);
    }

    /** What it may take. */
    public SwitchOverLimits limits() {
        return new SwitchOverLimits(maxDowntime, maxRounds, deadline);
    }

    /** What was asked for if that can't be kept. */
    public OnStall onStall() {
        return onStall;
    }
}
