package io.jmigrate.migration.policy;

/** Why the predicted downtime does not come below what was asked for. */
public enum StallReason {
    WRITES_TOO_FAST("the container writes its memory about as fast as it is sent", true),
    CONVERGES_TOO_SLOWLY("what it writes meanwhile shrinks too slowly for the rounds that are left", true),
    ROUNDS_USED_UP("its memory was copied as often as allowed", false),
    DEADLINE("another round would miss the deadline", false),
    FIXED_COST("freezing and restoring it alone take longer", false);

    private final String sentence;
    private final boolean slowingHelps;

    StallReason(String sentence, boolean slowingHelps) {
        this.sentence = sentence;
        this.slowingHelps = slowingHelps;
    }

    /** The reason, for a person. */
    public String sentence() {
        return sentence;
    }

    /** Whether it would go away if the container ran slower. */
    boolean slowingHelps() {
        return slowingHelps;
    }
}
