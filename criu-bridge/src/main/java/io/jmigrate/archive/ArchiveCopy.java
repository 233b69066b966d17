package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Copies an archive as it is, and takes the digest of its bytes on the way. */
public final class ArchiveCopy {
    private static final int BUFFER_BYTES = 1 << 20;

    private ArchiveCopy() {}

    /**
     * What was copied.
     *
     * @param sha256 of the bytes, in lower-case hexadecimal digits
     */
    public record Copied(long bytes, String sha256) {}

    /** Judges a copy before it gets its name. */
    @FunctionalInterface
    public interface Check {
        void check(Path file, Copied copied) throws IOException;
    }

    /** Writes to a file that doesn't exist, in a directory that nobody else looks into. */
    public static Copied write(InputStream in, Path file, Progress progress) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return copy(in, out, progress);
        }
    }

    /**
     * Writes a new archive, readable by its owner alone, which appears under its name once it is complete and the check agrees.
     *
     * @throws Failure ARCHIVE_EXISTS, ARCHIVE_IO
     * @throws IOException what the check throws, or if copying fails
     */
    public static void writeNew(InputStream in, Path target, Progress progress, Check check) throws IOException {
        try (PartialFile file = PartialFile.of(target)) {
            Copied copied = copy(in, Channels.newOutputStream(file.out()), progress);
            check.check(file.path(), copied);
            file.complete();
        }
    }

    /** Copies to the end of the stream. */
    public static Copied copy(InputStream in, OutputStream out, Progress progress) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            digest.update(buffer, 0, count);
            bytes += count;
            progress.reached(bytes);
        }
        return new Copied(bytes, HexFormat.of().formatHex(digest.digest()));
    }
}
