package io.jmigrate.archive;

import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/**
 * A checkpoint that is imported but for the memory that a restore can bring later: that stays in the archive until it is wanted.
 *
 * <p>Everything but the processes' private memory is extracted, compared with its checksums, and held against the manifest.
 * Meanwhile a thread of its own compares the whole file with its checksums, for which {@link PageStore#confirm} waits. The manifest's
 * digests of the memory are not looked at: an archive whose maker has to be known needs checksums that he has signed, or is extracted
 * as a whole ({@link ArchiveReader}).
 *
 * @param archive what was extracted; its pages-N.img have holes where {@code pages} has what belongs there
 * @param pages the memory, which the archive is open for
 */
public record LazyArchive(ImportedArchive archive, PageStore pages) implements AutoCloseable {
    /**
     * Imports that much.
     *
     * @return empty if the archive has to be extracted as a whole; nothing was done then
     * @throws Failure with an {@link ArchiveCode}; nothing is left then
     */
    public static Optional<LazyArchive> open(ImportRequest request) {
        if (request.decryption().isPresent() || !(request.source() instanceof ArchiveSource.InFile(var path))) {
            return Optional.empty();
        }
        Optional<SeekableArchive> found = SeekableArchive.open(path, request.limits());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SeekableArchive archive = found.get();
        try {
            boolean checked = archive.beginCheck(request.trust());
            if (!checked && request.trust().isPresent()) {
                archive.close();
                return Optional.empty();
            }
            return Optional.of(extract(archive, checked, request));
        } catch (RuntimeException e) {
            try (archive) {
                throw e;
            }
        }
    }

    private static LazyArchive extract(SeekableArchive archive, boolean checked, ImportRequest request) {
        ExtractionDirectory directory = ExtractionDirectory.create(request.directory());
        try {
            return new LazyExtraction(archive, checked, directory, request).run();
        } catch (RuntimeException | Error e) {
            ArchiveReader.removeAfter(e, directory);
            throw e;
        }
    }

    @Override
    public void close() {
        pages.close();
    }
}
