package io.jmigrate.archive;

import io.jmigrate.pages.store.SparseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** One pass over an archive that extracts its members. */
final class Extraction {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ArchiveFile file;
    private final ArchiveInput input;
    private final ExtractionDirectory directory;
    private final ImportRequest request;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long contentBytes;

    Extraction(ArchiveFile file, ArchiveInput input, ExtractionDirectory directory, ImportRequest request) {
        this.file = file;
        this.input = input;
        this.directory = directory;
        this.request = request;
    }

    /** Extracts everything and returns the bytes of content. */
    long run() {
        MemberRules rules = new MemberRules(file, request.limits());
        for (Optional<TarArchiveEntry> entry = input.next(); entry.isPresent(); entry = input.next()) {
            rules.admit(entry.get()).ifPresent(this::extract);
        }
        return contentBytes;
    }

    private void extract(String name) {
        try (SparseFile target = directory.file(name)) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                account(name, count);
                target.append(ByteBuffer.wrap(buffer, 0, count));
            }
            target.finish();
        } catch (IOException e) {
            throw directory.failure(e);
        }
    }

    private void account(String name, int count) {
        contentBytes += count;
        if (contentBytes > Limits.RATIO_GRACE_BYTES
                && contentBytes / request.limits().ratio() > input.fileBytes()) {
            throw file.tooLarge(
                    name, "expands to more than " + request.limits().ratio() + " times the size of the archive");
        }
        request.progress().reached(contentBytes);
    }
}
