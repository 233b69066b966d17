package io.jmigrate.pages;

import io.jmigrate.runtime.linux.Fd;
import java.util.Objects;

/**
 * A file whose pages come while they are asked for already.
 *
 * @param file which one
 * @param come a file with a bit for each of its pages that is set when the page is there, the lowest bit of each byte first; its size is a
 *     multiple of 8 bytes (native/fill/stored.h)
 */
public record LaterFile(Fd file, Fd come) {
    public LaterFile {
        Objects.requireNonNull(file);
        Objects.requireNonNull(come);
    }
}
