package io.jmigrate.criu.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that may be a stranger's, and is not believed if it is large. */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * Reads all of it.
     *
     * @param bytesMax of a file that is believed
     * @throws IOException also if it has more; the message says so
     */
    public static byte[] read(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("it has more than " + bytesMax + " bytes");
            }
            return bytes;
        }
    }
}
