package io.jmigrate.cli.option;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The value of an option that lists several {@linkplain Choice choices}.
 *
 * @param set of them; in a record, because the parser would take a bare set for several values
 */
record Choices<E extends Enum<E>>(Set<E> set) {
    /** @throws IllegalArgumentException that names the choices, if a word between two commas is none */
    static <E extends Enum<E>> Choices<E> of(Class<E> type, String list) {
        return new Choices<>(Stream.of(list.split(",", -1))
                .map(word -> Choice.of(type, word))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(type))));
    }
}
