package io.jmigrate.cli.option;

import java.util.function.Function;

/** The value of an option that replaces one thing by another. */
record Pair<T>(T old, T next) {
    /**
     * @param parse of each of them
     * @throws IllegalArgumentException if the text is not of the form OLD=NEW
     */
    static <T> Pair<T> of(String text, Function<String, T> parse) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form OLD=NEW");
        }
        return new Pair<>(parse.apply(text.substring(0, equals)), parse.apply(text.substring(equals + 1)));
    }
}
