package io.jmigrate.migration.engine;

/** The container's processes on both hosts, as their kernels see them. Notes for ever if two copies ran at the same time. */
final class Trees {
    /** The copy at the source. */
    record Source(boolean exists, boolean criuFrozen, boolean cgroupFrozen, boolean linkUp) {
        boolean runs() {
            return exists && !criuFrozen && !cgroupFrozen;
        }
    }

    /** The copy at the destination. */
    enum Destination {
        NONE,
        HELD,
        RUNS_UNHEARD,
        RUNS
    }

    private Source source = new Source(true, false, false, true);
    private Destination destination = Destination.NONE;
    private boolean ranTwice;
    private boolean destinationLacks;
    private boolean lostMemory;

    synchronized Source source() {
        return source;
    }

    synchronized Destination destination() {
        return destination;
    }

    synchronized boolean runsAtDestination() {
        return destination == Destination.RUNS || destination == Destination.RUNS_UNHEARD;
    }

    synchronized void source(Source next) {
        source = next;
        look();
    }

    synchronized void destination(Destination next) {
        destination = next;
        look();
    }

    private void look() {
        ranTwice |= source.runs() && runsAtDestination();
        lostMemory |= !source.exists() && runsAtDestination() && destinationLacks;
    }

    /** Whether the copy at the destination lacks memory that only the source's has. */
    synchronized void destinationLacks(boolean lacks) {
        destinationLacks = lacks;
        look();
    }

    synchronized boolean destinationLacks() {
        return destinationLacks;
    }

    /** Whether the source's copy went while the other lacked memory. */
    synchronized boolean lostMemory() {
        return lostMemory;
    }

    synchronized boolean ranTwice() {
        return ranTwice;
    }

    @Override
    public synchronized String toString() {
        return source + ", at the destination " + destination + (ranTwice ? ", ran twice" : "")
                + (lostMemory ? ", lost memory" : "");
    }

    void criuFreezes(boolean frozen) {
        source(new Source(source().exists(), frozen, source().cgroupFrozen(), source().linkUp()));
    }

    void cgroupFreezes(boolean frozen) {
        source(new Source(source().exists(), source().criuFrozen(), frozen, source().linkUp()));
    }

    void link(boolean up) {
        source(new Source(source().exists(), source().criuFrozen(), source().cgroupFrozen(), up));
    }

    void sourceDies() {
        source(new Source(false, source().criuFrozen(), source().cgroupFrozen(), source().linkUp()));
    }
}
