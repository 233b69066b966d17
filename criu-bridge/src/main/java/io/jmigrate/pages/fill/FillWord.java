package io.jmigrate.pages.fill;

import java.util.Optional;

/** The first number of a packet between this program and the guard (native/fill/fill.h). */
enum FillWord {
    GUARD(1),
    READY(2),
    UNSUPPORTED(3),
    GUARDED(4),
    COMPLETE(5),
    FAILED(6),
    RELEASE(7);

    private final int number;

    FillWord(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<FillWord> of(int number) {
        for (FillWord word : values()) {
            if (word.number == number) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
