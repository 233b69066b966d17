package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.pages.store.SparseFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** One pass over an archive that extracts its members. */
final class Extraction {
    private static final int BUFFER_BYTES = 1 << 20;

    private final MemberReading reading;
    private final ExtractionDirectory directory;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    Extraction(ArchiveFile file, ArchiveInput input, ExtractionDirectory directory, ImportRequest request) {
        MemberRules rules = MemberRules.toRestore(file, request.limits());
        this.reading = MemberReading.noting(file, input, rules, request.limits(), request.progress());
        this.directory = directory;
    }

    /**
     * What was extracted.
     *
     * @param members all of the archive, in its order
     * @param contentBytes bytes of content
     */
    record Extracted(List<Member> members, long contentBytes) {}

    /** Extracts everything that a restore has a use for. */
    Extracted run() {
        try {
            reading.each((member, content) -> {
                if (member.useful() && !member.directory()) {
                    extract(member.name(), content);
                }
            });
            return new Extracted(reading.members(), reading.contentBytes());
        } catch (IOException e) {
            throw directory.failure(e); // what can't be read of the archive is a failure of its own
        }
    }

    private void extract(String name, InputStream content) throws IOException {
        try (SparseFile target = directory.file(name)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                target.append(ByteBuffer.wrap(buffer, 0, count));
            }
            target.finish();
        }
    }
}
