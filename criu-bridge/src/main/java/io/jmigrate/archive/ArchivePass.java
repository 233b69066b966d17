package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One pass over an archive that keeps the small members that tell about the container, in memory. */
final class ArchivePass {
    /** Room for the images of thousands of processes, and a fraction of the memory that a command has. */
    static final int KEPT_BYTES_MAX = 48 << 20;

    private static final int DOCUMENT_BYTES_MAX = 4 << 20;

    private static final int BUFFER_BYTES = 1 << 20;

    private static final Pattern TELLS = Pattern.compile(
            "config\\.dump|spec\\.dump|manifest\\.json|manifest\\.sig|(checkpoint/)?stats-dump|checkpoint/job\\.json"
                    + "|checkpoint/(inventory|pstree|files|(core|ids|fdinfo|mm|pagemap|pagemap-shmem|mountpoints)-\\d+)\\.img");

    private final ArchiveFile file;
    private final MemberReading reading;
    private final Map<String, byte[]> kept = new HashMap<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long keptBytes;

    ArchivePass(ArchiveFile file, ArchiveInput input, Limits limits) {
        this.file = file;
        MemberRules rules = MemberRules.toLook(file, limits);
        this.reading = MemberReading.noting(file, input, rules, limits, Progress.SILENT);
    }

    /**
     * What was passed.
     *
     * @param members all of the archive, in its order
     * @param kept contents of those that tell about the container
     */
    record Passed(List<Member> members, Map<String, byte[]> kept) {}

    Passed run() throws IOException {
        reading.each((member, content) -> {
            if (!member.directory() && TELLS.matcher(member.name()).matches()) {
                keep(member.name(), content);
            }
        });
        return new Passed(reading.members(), kept);
    }

    private void keep(String name, InputStream content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            keptBytes += count;
            bytes.write(buffer, 0, count);
            checkKept(name, bytes.size());
        }
        kept.put(name, bytes.toByteArray());
    }

    private void checkKept(String name, int bytes) {
        if (name.endsWith(".dump") && bytes > DOCUMENT_BYTES_MAX) {
            throw file.tooLarge(name, "has more than " + DOCUMENT_BYTES_MAX + " bytes");
        }
        if (keptBytes > KEPT_BYTES_MAX) {
            throw file.tooLarge("has more than " + KEPT_BYTES_MAX + " bytes of images that would have to be read");
        }
    }
}
