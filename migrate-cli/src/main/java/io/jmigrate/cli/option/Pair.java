package io.jmigrate.cli.option;

/** The value of an option that replaces one thing by another. */
record Pair(String old, String next) {
    /** @throws IllegalArgumentException if the text is not of the form OLD=NEW */
    static Pair of(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form OLD=NEW");
        }
        return new Pair(text.substring(0, equals), text.substring(equals + 1));
    }
}
