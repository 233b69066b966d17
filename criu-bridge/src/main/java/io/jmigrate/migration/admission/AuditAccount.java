package io.jmigrate.migration.admission;

import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one peer has lines for, and what it has done without one. Guarded by its owner's lock. */
final class AuditAccount {
    private final TokenBucket lines;
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private Optional<AuditEvent> last = Optional.empty();

    AuditAccount(long now) {
        this.lines = new TokenBucket(AuditBook.LINES_BURST, AuditBook.LINE_PAUSE, now);
    }

    /** Whether there is a line for something that happens now; it is used up then. */
    boolean mayWrite(long now) {
        return lines.take(now);
    }

    /** @return whether it is the first since the last summary */
    boolean leaveOut(AuditEvent event) {
        boolean first = leftOut.isEmpty();
        leftOut.merge(AuditText.word(event.deed()) + " " + AuditText.word(event.verdict()), 1, Integer::sum);
        last = Optional.of(event);
        return first;
    }

    /** Takes what was left out: as the last of it, which says how much more there was. */
    Optional<AuditEvent> summary() {
        int count = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        String kinds = leftOut.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        Optional<AuditEvent> told =
                last.map(event -> event.because(List.of(count + " have this line together: " + kinds)));
        leftOut.clear();
        last = Optional.empty();
        return told;
    }

    /** Whether a new one would be the same. */
    boolean isAsNew(long now) {
        return leftOut.isEmpty() && lines.isFull(now);
    }
}
