package io.jmigrate.migration.policy;

/**
 * What would come of a switch-over now.
 *
 * @param downtimeNanos how long nothing would run
 * @param sendingNanos the part of it in which dirty bytes are sent and nothing else is done
 * @param roundNanos how long it would take to send them while the container runs
 * @param dirtyBytes what would have to be sent
 * @param bandwidth bytes a second that are sent
 * @param dirtyRate bytes a second that are written
 */
public record Prediction(
        long downtimeNanos, long sendingNanos, long roundNanos, long dirtyBytes, double bandwidth, double dirtyRate) {
    /** The same, if what is dirty is sent after the downtime: that is how it looks for what was written, and the fixed cost. */
    public Prediction sendingLater() {
        return new Prediction(downtimeNanos - sendingNanos, sendingNanos, roundNanos, dirtyBytes, bandwidth, dirtyRate);
    }

    /**
     * Downtime = fixed cost + what a round costs besides sending + dirty bytes / bandwidth, but for what of the round goes on beside the dump. It does
     * where the tracker can tell what is dirty without reading the memory.
     */
    static Prediction of(Rounds rounds, FixedCost fixed) {
        long dirty = rounds.dirtyBytes();
        double sending = rounds.sendingNanos(dirty);
        double round = rounds.overheadNanos() + sending;
        double beside = rounds.pendingBytes().isPresent() ? Math.min(round, fixed.dumpNanos()) : 0;
        return new Prediction(
                (long) (fixed.nanos() + (round - beside)),
                (long) Math.min(sending, round - beside),
                (long) round,
                dirty,
                rounds.bandwidth(),
                rounds.dirtyRate());
    }
}
