package io.jmigrate.archive;

import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Reads the members that are compressed themselves to their end, before anything is done with them: what is inside may expand as far
 * as all of the archive may.
 */
final class MemberExpansion {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ArchiveFile file;
    private final Limits limits;
    private final long archiveBytes;
    private long contentBytes;

    /** @param archiveBytes size of the archive's file, or of the stream that it was */
    MemberExpansion(ArchiveFile file, Limits limits, long archiveBytes) {
        this.file = file;
        this.limits = limits;
        this.archiveBytes = archiveBytes;
    }

    /**
     * Checks what was extracted.
     *
     * @throws io.jmigrate.runtime.failure.Failure ARCHIVE_TOO_LARGE, ARCHIVE_INVALID
     */
    void check(ExtractionDirectory directory) {
        try (Stream<Path> files = Files.walk(directory.path(), 2)) {
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.path().relativize(path).toString();
                if (ArchiveLayout.isTar(name) && MemberTar.isCompressed(path)) {
                    check(name, path);
                }
            }
        } catch (IOException e) {
            throw directory.failure(e);
        }
    }

    private void check(String name, Path path) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long memberBytes = 0;
        try (InputStream in = MemberTar.open(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                memberBytes += count;
                contentBytes += count;
                limits.checkRatio(file, name, contentBytes, archiveBytes);
                if (memberBytes > limits.memberBytes() || contentBytes > limits.totalBytes()) {
                    throw file.tooLarge(name, "expands to more than " + memberBytes + " bytes");
                }
            }
        } catch (IOException e) {
            throw file.invalid(name, "can't be read: " + IoReason.of(e)).withCause(e);
        }
    }
}
