package io.jmigrate.migration.report;

import java.util.Objects;

/**
 * When a step was taken.
 *
 * @param step which
 * @param fromNanos when it began, from the beginning of the migration at this end
 * @param nanos how long it took, or has taken so far
 */
public record Span(Step step, long fromNanos, long nanos) {
    public Span {
        Objects.requireNonNull(step);
    }
}
