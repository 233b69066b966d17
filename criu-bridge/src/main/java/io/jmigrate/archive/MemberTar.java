package io.jmigrate.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A tar that is a member of an archive. containerd compresses its own once more, with gzip. */
public final class MemberTar {
    private static final int BUFFER_BYTES = 1 << 20;
    static final int FIRST_BYTES = 2;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private MemberTar() {}

    /** The tar, decompressed if it has to be. */
    public static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return startsAsGzip(in) ? new BufferedInputStream(new GZIPInputStream(in), BUFFER_BYTES) : in;
        } catch (IOException e) {
            try (in) {
                throw e;
            }
        }
    }

    /** Whether there is more in it than its size says. */
    static boolean isCompressed(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), FIRST_BYTES)) {
            return startsAsGzip(in);
        }
    }

    /** @param in supports mark */
    static boolean startsAsGzip(InputStream in) throws IOException {
        in.mark(FIRST_BYTES);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip;
    }
}
