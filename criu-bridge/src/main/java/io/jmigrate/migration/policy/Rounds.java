package io.jmigrate.migration.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is known after some rounds.
 *
 * <p>How much is dirty is known where the tracker can count it without taking it. Else an upper bound stands for it. The bytes written
 * within a time grow with the time, and ever slower, since pages are written again: within a shorter time than the last one at most as
 * many, within a longer one at most as many more as it is longer, and never more than there are.
 *
 * @param all in their order; not empty
 * @param pendingBytes written since the last one, if it was counted
 * @param elapsedNanos since the migration began
 * @param comparableFrom the index in {@code all} from which on rounds tell how the container writes now: it may have been slowed
 * @param sinceNanos since the last one ended: something else may have been done since
 */
public record Rounds(
        List<Round> all, OptionalLong pendingBytes, long elapsedNanos, int comparableFrom, long sinceNanos) {
    static final double NANOS_A_SECOND = 1e9;
    /** The link of a while ago says little; a round of a few pages says less of it than one of many. */
    private static final int RECENT = 3;

    public Rounds {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing has been measured");
        }
    }

    /** Just after the last one. */
    public Rounds(List<Round> all, OptionalLong pendingBytes, long elapsedNanos, int comparableFrom) {
        this(all, pendingBytes, elapsedNanos, comparableFrom, 0);
    }

    /** Bytes that are dirty now, at most. */
    long dirtyBytes() {
        return pendingBytes.orElseGet(this::boundBytes);
    }

    private long boundBytes() {
        Round last = all.getLast();
        if (all.size() == 1) {
            return last.writtenBytes();
        }
        double writing = last.nanos() + sinceNanos;
        double longer = Math.max(1, writing / all.get(all.size() - 2).nanos());
        long most = all.stream().mapToLong(Round::writtenBytes).max().orElseThrow();
        return Math.min(most, (long) (last.writtenBytes() * longer));
    }

    /** Bytes a second at which pages become dirty; after the first round, if nothing was counted, as if all were written again. */
    double dirtyRate() {
        boolean counted = pendingBytes.isPresent() || all.size() == 1;
        Round during = all.get(counted ? all.size() - 1 : all.size() - 2);
        long bytes = counted ? dirtyBytes() : all.getLast().writtenBytes();
        long since = pendingBytes.isPresent() ? sinceNanos : 0;
        return bytes * NANOS_A_SECOND / (during.nanos() + since);
    }

    /** Bytes a second that the connection takes: the best of the last rounds, since a small one is mostly waiting. */
    double bandwidth() {
        List<Round> recent = all.subList(Math.max(0, all.size() - RECENT), all.size());
        double best = recent.stream().mapToDouble(Round::bandwidth).max().orElseThrow();
        return best > 0
                ? best
                : all.getFirst().writtenBytes()
                        * NANOS_A_SECOND
                        / all.getFirst().nanos();
    }

    /** The part of the last round that was not sending: to look for what was written, and to wait for the peer. */
    double overheadNanos() {
        return Math.max(0, all.getLast().nanos() - sendingNanos(all.getLast().sentBytes()));
    }

    double sendingNanos(long bytes) {
        return bytes == 0 ? 0 : bytes * NANOS_A_SECOND / bandwidth();
    }

    /**
     * What part of the one before it a round is. One that is not smaller may have met a burst, so the better of the last two
     * counts; 0 as long as there are not two.
     */
    double shrinkage() {
        List<Long> sizes = new ArrayList<>(all.subList(Math.min(comparableFrom, all.size()), all.size()).stream()
                .map(Round::writtenBytes)
                .toList());
        pendingBytes.ifPresent(sizes::add);
        int last = sizes.size() - 1;
        return last < 2 ? 0 : Math.min(part(sizes, last), part(sizes, last - 1));
    }

    private static double part(List<Long> sizes, int index) {
        return sizes.get(index) / (double) Math.max(1, sizes.get(index - 1));
    }
}
