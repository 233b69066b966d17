package io.jmigrate.migration.engine;

import io.jmigrate.migration.engine.Steps.Fault;

/**
 * What goes wrong in one handover.
 *
 * @param source at its step {@code sourceAt}
 * @param destination at its step {@code destinationAt}
 * @param linkAfter how many frames the link carries before it breaks
 * @param silently a broken link, or a death, is not noticed at the other end: nothing more is heard
 * @param following memory follows the container
 * @param withCriu a destination that dies takes its CRIU along
 */
record Trouble(
        Fault source,
        int sourceAt,
        Fault destination,
        int destinationAt,
        int linkAfter,
        boolean silently,
        boolean withCriu,
        boolean following) {
    static final Trouble NONE = new Trouble(Fault.NONE, 0, Fault.NONE, 0, Integer.MAX_VALUE, false, false, false);

    Trouble atSource(Fault fault, int step) {
        return new Trouble(fault, step, destination, destinationAt, linkAfter, silently, withCriu, following);
    }

    Trouble atDestination(Fault fault, int step) {
        return new Trouble(source, sourceAt, fault, step, linkAfter, silently, withCriu, following);
    }

    Trouble linkBreaksAfter(int frames) {
        return new Trouble(source, sourceAt, destination, destinationAt, frames, silently, withCriu, following);
    }

    Trouble following(boolean follows) {
        return new Trouble(source, sourceAt, destination, destinationAt, linkAfter, silently, withCriu, follows);
    }

    Trouble unnoticed() {
        return new Trouble(source, sourceAt, destination, destinationAt, linkAfter, true, withCriu, following);
    }

    Trouble takingCriuAlong() {
        return new Trouble(source, sourceAt, destination, destinationAt, linkAfter, silently, true, following);
    }
}
