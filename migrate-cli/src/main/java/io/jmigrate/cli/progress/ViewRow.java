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
 * @param noted the last event of which there is a note
 */
record ViewRow(
        String container,
        Optional<Phase> phase,
        Map<ProgressEvent.Kind, Long> sent,
        Optional<ProgressEvent.RoundEnded> round,
        Optional<ProgressEvent> noted) {
    ViewRow {
        sent = Map.copyOf(sent);
    }

    static ViewRow of(String container) {
        return new ViewRow(container, Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    /** After something has happened. */
    ViewRow after(ProgressEvent event) {
        return switch (event) {
            case ProgressEvent.Started started -> of(started.container());
            case ProgressEvent.PhaseEntered(Phase next) ->
                new ViewRow(container, Optional.of(next), sent, round, noted.filter(ViewRow::lasts));
            case ProgressEvent.Sent more -> sending(more);
            case ProgressEvent.RoundEnded ended -> new ViewRow(container, phase, sent, Optional.of(ended), noted);
            case ProgressEvent.Waiting _, ProgressEvent.Slowed _, ProgressEvent.Stalled _, ProgressEvent.Follows _ ->
                new ViewRow(container, phase, sent, round, Optional.of(event));
            case ProgressEvent.Finished _, ProgressEvent.Ended _ -> this;
        };
    }

    /** What was waited for is there when a phase begins. */
    private static boolean lasts(ProgressEvent note) {
        return !(note instanceof ProgressEvent.Waiting);
    }

    private ViewRow sending(ProgressEvent.Sent more) {
        Map<ProgressEvent.Kind, Long> all = new EnumMap<>(ProgressEvent.Kind.class);
        all.putAll(sent);
        all.put(more.kind(), more.bytes());
        return new ViewRow(container, phase, all, round, noted);
    }

    /** What else there is to know of it. */
    Optional<String> note() {
        return noted.flatMap(event -> switch (event) {
            case ProgressEvent.Waiting waiting -> Optional.of("waiting: " + waiting.reason());
            case ProgressEvent.Slowed slowed ->
                Optional.of("slowed to " + slowed.percent() + " % of its processor time: " + slowed.reason());
            case ProgressEvent.Stalled stalled ->
                Optional.of("stands still for longer than asked for: " + stalled.reason());
            case ProgressEvent.Follows follows ->
                Optional.of("what is left of its memory follows it: " + follows.reason());
            default -> Optional.empty();
        });
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
