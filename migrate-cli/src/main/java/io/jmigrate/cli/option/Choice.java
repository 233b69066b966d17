package io.jmigrate.cli.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of an option that are the names of an enum, in lower case and with hyphens. */
public final class Choice {
    private Choice() {}

    /**
     * The constant of this name.
     *
     * @throws IllegalArgumentException that names the choices
     */
    public static <E extends Enum<E>> E of(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is none of " + words(type)));
    }

    /** The constant as users write it. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, for sentences. */
    static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::word).collect(Collectors.joining(", "));
    }
}
