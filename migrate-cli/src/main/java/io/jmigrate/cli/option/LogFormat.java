package io.jmigrate.cli.option;

/** How a line of the log is written: logfmt or one JSON object, both as runc writes them. */
public enum LogFormat {
    text,
    json
}
