package io.jmigrate.runtime.config;

import java.util.Arrays;
import java.util.Optional;

/** What a program takes the machine for (personality(2)). */
public enum Personality {
    LINUX(0),
    /** {@code uname -m} names the 32-bit machine. */
    LINUX32(8);

    private final int number;

    Personality(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The one of an OCI name, which is that of the constant. */
    public static Optional<Personality> named(String ociName) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(ociName))
                .findFirst();
    }
}
