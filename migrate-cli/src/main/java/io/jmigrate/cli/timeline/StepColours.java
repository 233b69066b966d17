package io.jmigrate.cli.timeline;

import io.jmigrate.migration.report.Step;

/** How steps look and are told. */
final class StepColours {
    /** CSS: cold where the container runs, warm where it stands still; neighbours differ in brightness too. */
    static final String RULES = """

            .preflight, .clean-up { fill: #8c99a6 } .pre-copy, .receive { fill: #2f81c7 } .prepare, .follow, .fill { fill: #7fb6e6 }
            .freeze, .stop { fill: #8f2d0c } .dump { fill: #e8743b } .last-memory { fill: #b3470f } .transfer { fill: #f5a742 } .verify { fill: #d9822b }
            .restore { fill: #c95d1b } .hold { fill: #f7d774 } .resume { fill: #ffc94d }
            .round { fill: #1f5f99 } .round:nth-of-type(even) { fill: #5b9bd5 }
            .timeline { display: block; width: 100%; height: auto; background: var(--head) }
            .timeline text { fill: var(--ink); font: 13px system-ui, sans-serif; paint-order: stroke; stroke: var(--paper);
              stroke-width: 3px }
            .timeline line { stroke: var(--line) }
            .key { display: block; width: .9rem; height: 1.2rem }
            """;

    private StepColours() {}

    /** What happens in a step, for a person. */
    static String sentence(Step step) {
        return switch (step) {
            case PREFLIGHT -> "both ends are looked at";
            case PRE_COPY -> "files and memory are copied while the container runs";
            case PREPARE -> "CRIU is started; the container still runs";
            case RECEIVE -> "what is sent arrives";
            case FREEZE -> "the processes are stopped";
            case STOP -> "the container is asked to end, and ends";
            case DUMP -> "CRIU writes down everything but memory";
            case LAST_MEMORY -> "what was written to memory since the last round is sent";
            case TRANSFER -> "images and the last difference of the root filesystem are sent";
            case VERIFY -> "what all memory holds is told, to be compared";
            case RESTORE -> "the destination builds the processes, or makes the container";
            case HOLD -> "all is held until the source commits";
            case RESUME -> "from the commit to the first instruction";
            case FOLLOW -> "memory follows while the container runs at the destination";
            case FILL -> "memory is put in place while the container runs";
            case CLEAN_UP -> "what is left is removed";
        };
    }
}
