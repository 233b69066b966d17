package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.Phase;
import io.jmigrate.migration.report.ProgressEvent;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one migration that is under way.
 *
 * @param sent bytes so far, by kind
 * @param round the last one that has ended
 * @param note what else there is to know of it, empty if nothing
 */
record ViewRow(
        String container,
        Optional<Phase> phase,
        Map<ProgressEvent.Kind, Long> sent,
        Optional<ProgressEvent.RoundEnded> round,
        String note) {
    ViewRow {
        sent = Map.copyOf(sent);
    }

    static ViewRow of(String container) {
        return new ViewRow(container, Optional.empty(), Map.of(), Optional.empty(), "");
    }

    /** After something has happened. */
    ViewRow after(ProgressEvent event) {
        return switch (event) {
            case ProgressEvent.Started started -> of(started.container());
            case ProgressEvent.PhaseEntered entered ->
                new ViewRow(container, Optional.of(entered.phase()), sent, round, note);
            case ProgressEvent.Waiting waiting -> noting("waiting: " + waiting.reason());
            case ProgressEvent.Sent more -> sending(more);
            case ProgressEvent.RoundEnded ended -> new ViewRow(container, phase, sent, Optional.of(ended), note);
            case ProgressEvent.Slowed slowed ->
                noting("slowed to " + slowed.percent() + " % of its processor time: " + slowed.reason());
            case ProgressEvent.Stalled stalled -> noting("stands still for longer than asked for: " + stalled.reason());
            case ProgressEvent.Finished _, ProgressEvent.Ended _ -> this;
        };
    }

    private ViewRow noting(String text) {
        return new ViewRow(container, phase, sent, round, text);
    }

    private ViewRow sending(ProgressEvent.Sent more) {
        Map<ProgressEvent.Kind, Long> all = new EnumMap<>(ProgressEvent.Kind.class);
        all.putAll(sent);
        all.put(more.kind(), more.bytes());
        return new ViewRow(container, phase, all, round, note);
    }

    /** Of all kinds. */
    long sentBytes() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The phase in a word. */
    String phaseWord() {
        return phase.map(known -> known.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("-");
    }
}
