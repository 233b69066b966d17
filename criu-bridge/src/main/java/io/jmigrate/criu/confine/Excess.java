package io.jmigrate.criu.confine;

/**
 * Something in which images exceed a bundle.
 *
 * @param what a sentence without its full stop
 */
public record Excess(ConfinedPart part, String what) {
    @Override
    public String toString() {
        return part.word() + ": " + what;
    }
}
