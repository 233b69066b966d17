package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.MemberRecorder;
import io.jmigrate.pages.store.SparseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
    private final MemberRecorder recorder = new MemberRecorder();
    private long contentBytes;

    Extraction(ArchiveFile file, ArchiveInput input, ExtractionDirectory directory, ImportRequest request) {
        this.file = file;
        this.input = input;
        this.directory = directory;
        this.request = request;
    }

    /**
     * What was extracted.
     *
     * @param members all of the archive, in its order
     * @param contentBytes bytes of content
     */
    record Extracted(List<Member> members, long contentBytes) {}

    /** Extracts everything. */
    Extracted run() {
        MemberRules rules = MemberRules.toRestore(file, request.limits());
        for (Optional<TarArchiveEntry> entry = input.next(); entry.isPresent(); entry = input.next()) {
            take(rules.admit(entry.get()));
        }
        return new Extracted(recorder.members(), contentBytes);
    }

    private void take(MemberRules.Admitted member) {
        if (member.directory()) {
            recorder.directory(member.name());
        } else if (member.useful()) {
            extract(member.name());
        } else {
            passOver(member.name());
        }
    }

    private void extract(String name) {
        long before = contentBytes;
        try (SparseFile target = directory.file(name)) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                account(name, count);
                recorder.content(buffer, 0, count);
                target.append(ByteBuffer.wrap(buffer, 0, count));
            }
            target.finish();
            recorder.file(name, contentBytes - before);
        } catch (IOException e) {
            throw directory.failure(e);
        }
    }

    private void passOver(String name) {
        long before = contentBytes;
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            account(name, count);
            recorder.content(buffer, 0, count);
        }
        recorder.file(name, contentBytes - before);
    }

    private void account(String name, int count) {
        contentBytes += count;
        request.limits().checkRatio(file, name, contentBytes, input.fileBytes());
        request.progress().reached(contentBytes);
    }
}
