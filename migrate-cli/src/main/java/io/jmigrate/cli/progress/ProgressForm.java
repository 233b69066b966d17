package io.jmigrate.cli.progress;

/** How progress is shown. */
public enum ProgressForm {
    /** On a terminal a row for each migration, drawn anew in place; else a line for each phase and round. */
    AUTO,
    /** JSON, one event a line, on standard output. */
    JSON,
    /** Nothing but the result. */
    NONE;

    /** Shows the migrations of one command until it is closed. @param together whether several are under way at the same time */
    public ProgressDisplay on(Screen screen, boolean together) {
        return switch (this) {
            case JSON -> new PlainDisplay(screen.err(), () -> new JsonProgress(screen.out()));
            case NONE -> new PlainDisplay(screen.err(), () -> new ResultLine(screen.out()));
            case AUTO ->
                screen.columns()
                        .<ProgressDisplay>map(columns -> new LiveDisplay(screen, columns))
                        .orElseGet(() -> new PlainDisplay(
                                screen.err(), () -> new SpokenProgress(screen.out(), screen.err(), together)));
        };
    }
}
