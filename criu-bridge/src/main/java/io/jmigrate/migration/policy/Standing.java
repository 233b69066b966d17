package io.jmigrate.migration.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far the copying of memory has got: of one container, or of a group as if it were one.
 *
 * @param rounds so far
 * @param usual what of the downtime has nothing to do with memory
 * @param lockedBytes of memory that goes while nothing runs, whatever was copied before
 */
public record Standing(Rounds rounds, FixedCost usual, long lockedBytes) {
    public Standing {
        Objects.requireNonNull(rounds);
        Objects.requireNonNull(usual);
    }

    /** What of the downtime no round makes shorter. */
    public FixedCost fixed() {
        return usual.andSending(lockedBytes, rounds.bandwidth());
    }

    /**
     * Of containers that copy each round at the same time, share the link, and are frozen together: bytes and costs add up, and a round takes as
     * long as the longest of its parts.
     *
     * @param all with equally many rounds; not empty
     */
    public static Standing together(List<Standing> all) {
        List<Rounds> parts = all.stream().map(Standing::rounds).toList();
        return new Standing(
                together(
                        parts,
                        parts.stream().mapToLong(Rounds::elapsedNanos).max().orElseThrow()),
                FixedCost.sum(all.stream().map(Standing::usual).toList()),
                all.stream().mapToLong(Standing::lockedBytes).sum());
    }

    private static Rounds together(List<Rounds> parts, long elapsedNanos) {
        int count = parts.getFirst().all().size();
        if (parts.stream().anyMatch(part -> part.all().size() != count)) {
            throw new IllegalArgumentException("rounds of a group are made together");
        }
        List<Round> sums = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int round = i;
            sums.add(Round.together(
                    parts.stream().map(part -> part.all().get(round)).toList()));
        }
        return new Rounds(
                sums,
                pending(parts),
                elapsedNanos,
                parts.getFirst().comparableFrom(),
                parts.stream().mapToLong(Rounds::sinceNanos).max().orElseThrow());
    }

    /** One part that was not counted leaves the sum unknown. */
    private static OptionalLong pending(List<Rounds> parts) {
        return parts.stream().allMatch(part -> part.pendingBytes().isPresent())
                ? OptionalLong.of(parts.stream()
                        .mapToLong(part -> part.pendingBytes().getAsLong())
                        .sum())
                : OptionalLong.empty();
    }
}
