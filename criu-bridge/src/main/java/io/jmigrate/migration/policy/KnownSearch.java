package io.jmigrate.migration.policy;

/**
 * What it takes to look for pages that the destination has, and to send them instead.
 *
 * @param searchRate bytes of pages a second that are looked for
 * @param sendRate bytes of pages a second that are sent, compressed or not
 * @param foundShare what part of them is found, from 0 to 1
 */
public record KnownSearch(double searchRate, double sendRate, double foundShare) {
    /** Pages that nobody has are looked for in vain. */
    private static final double FASTER_MIN = 2;

    /** Whether looking costs little beside sending, or takes less time than sending what it finds. */
    public boolean pays() {
        return searchRate > FASTER_MIN * sendRate || foundShare * searchRate > sendRate;
    }
}
