package io.jmigrate.cli.option;

/** Whether the caller says that it is an ordinary user. */
public enum Rootless {
    AUTO,
    TRUE,
    FALSE;

    static Rootless of(String text) {
        return Choice.of(Rootless.class, text);
    }
}
