package io.jmigrate.criu.image;

import java.io.IOException;

/** An image file isn't what its name says, is damaged or ends too early. The message names the file. */
public final class ImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
