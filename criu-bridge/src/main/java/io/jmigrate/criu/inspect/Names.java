package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;

/** Names from images: of any characters, but no longer than the kernel would have them. */
final class Names {
    /** PATH_MAX of the kernel. */
    private static final int CHARS_MAX = 4096;

    private Names() {}

    /** @param image where it comes from */
    static String checked(String image, String name) throws ImageException {
        if (name.length() > CHARS_MAX) {
            throw new ImageException(image + " has a name of more than " + CHARS_MAX + " characters");
        }
        return name;
    }
}
