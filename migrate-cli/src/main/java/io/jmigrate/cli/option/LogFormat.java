package io.jmigrate.cli.option;

/** How a line of the log is written: logfmt or one JSON object, both as runc writes them. */
public enum LogFormat {
    TEXT,
    JSON;

    static LogFormat of(String text) {
        return Choice.of(LogFormat.class, text);
    }
}
