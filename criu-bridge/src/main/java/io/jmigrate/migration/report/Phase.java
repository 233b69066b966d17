package io.jmigrate.migration.report;

/** The phases of a migration in their order, as users see them. */
public enum Phase {
    PREFLIGHT("checking both ends"),
    PRE_COPY("copying while it runs"),
    FROZEN("frozen, sending the rest"),
    STOPPED("stopping it, sending the rest"),
    RESTORING("restoring at the destination"),
    MAKING("being made at the destination"),
    HELD("held at the destination, waiting for the commit"),
    COMMITTED("committed, the destination takes over"),
    FOLLOWING("running at the destination, memory follows"),
    COMPLETED("running at the destination");

    private final String sentence;

    Phase(String sentence) {
        this.sentence = sentence;
    }

    /** What happens in it, for a person. */
    public String sentence() {
        return sentence;
    }
}
