package io.jmigrate.criu.inspect;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** Where the images of a checkpoint are: a directory or an archive. */
public interface ImageSource {
    /** Every image by its file name, and how many bytes it has; those with the contents of memory too. */
    Map<String, Long> sizes();

    /** The image of that file name; empty if there is none. */
    Optional<InputStream> open(String name) throws IOException;

    /** The failure to throw when an image is damaged or can't be read; it names the checkpoint. */
    Failure unreadable(IOException cause);
}
