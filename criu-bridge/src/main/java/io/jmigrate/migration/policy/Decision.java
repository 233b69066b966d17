package io.jmigrate.migration.policy;

/** What to do after a round. */
public sealed interface Decision {
    /** What would come of a switch-over now. */
    Prediction prediction();

    /** Copy once more while the container runs. */
    record AnotherRound(Prediction prediction) implements Decision {}

    /** Freeze it: the downtime will be as short as was asked for. */
    record SwitchNow(Prediction prediction) implements Decision {}

    /** Neither: the downtime would be too long, and another round wouldn't change it. */
    record Stall(StallReason reason, Prediction prediction) implements Decision {}
}
