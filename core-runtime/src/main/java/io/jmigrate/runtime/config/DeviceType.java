package io.jmigrate.runtime.config;

import java.util.Optional;

/** Kinds of device nodes (mknod(1)). */
public enum DeviceType {
    CHARACTER('c'),
    BLOCK('b'),
    FIFO('p');

    private final char letter;

    DeviceType(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    /** By the letter of mknod(1); {@code u}, unbuffered, is a character device too. */
    public static Optional<DeviceType> named(String letter) {
        return switch (letter) {
            case "c", "u" -> Optional.of(CHARACTER);
            case "b" -> Optional.of(BLOCK);
            case "p" -> Optional.of(FIFO);
            default -> Optional.empty();
        };
    }
}
