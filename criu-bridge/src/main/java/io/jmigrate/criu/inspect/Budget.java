package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;

/** Bounds what is listed of a checkpoint: small images can stand for very much, as a table of files that all processes share does. */
final class Budget {
    /** Room for 80,000 open files with names of usual length. */
    static final int CHARACTERS_MAX = 8 << 20;

    /** What a line takes besides names. */
    private static final int LINE_CHARACTERS = 64;

    private long characters;

    /**
     * Takes one line from the budget.
     *
     * @param image where it comes from
     * @param names in the line
     */
    void line(String image, String... names) throws ImageException {
        characters += LINE_CHARACTERS;
        for (String name : names) {
            characters += name.length();
        }
        if (characters > CHARACTERS_MAX) {
            throw new ImageException(image + " holds more than can be listed");
        }
    }
}
