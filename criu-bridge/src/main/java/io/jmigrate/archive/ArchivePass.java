package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.MemberRecorder;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

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
    private final ArchiveInput input;
    private final Limits limits;
    private final MemberRecorder recorder = new MemberRecorder();
    private final Map<String, byte[]> kept = new HashMap<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long contentBytes;
    private long keptBytes;

    ArchivePass(ArchiveFile file, ArchiveInput input, Limits limits) {
        this.file = file;
        this.input = input;
        this.limits = limits;
    }

    /**
     * What was passed.
     *
     * @param members all of the archive, in its order
     * @param kept contents of those that tell about the container
     */
    record Passed(List<Member> members, Map<String, byte[]> kept) {}

    Passed run() {
        MemberRules rules = MemberRules.toLook(file, limits);
        for (Optional<TarArchiveEntry> entry = input.next(); entry.isPresent(); entry = input.next()) {
            MemberRules.Admitted member = rules.admit(entry.get());
            if (member.directory()) {
                recorder.directory(member.name());
            } else {
                member(member.name());
            }
        }
        return new Passed(recorder.members(), kept);
    }

    private void member(String name) {
        if (TELLS.matcher(name).matches()) {
            keep(name);
        } else {
            recorder.file(name, passOver(name));
        }
    }

    private long passOver(String name) {
        long bytes = 0;
        for (int count = read(name); count >= 0; count = read(name)) {
            bytes += count;
        }
        return bytes;
    }

    private void keep(String name) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int count = read(name); count >= 0; count = read(name)) {
            keptBytes += count;
            content.write(buffer, 0, count);
            checkKept(name, content.size());
        }
        recorder.file(name, content.size());
        kept.put(name, content.toByteArray());
    }

    private void checkKept(String name, int bytes) {
        if (name.endsWith(".dump") && bytes > DOCUMENT_BYTES_MAX) {
            throw file.tooLarge(name, "has more than " + DOCUMENT_BYTES_MAX + " bytes");
        }
        if (keptBytes > KEPT_BYTES_MAX) {
            throw file.tooLarge("has more than " + KEPT_BYTES_MAX + " bytes of images that would have to be read");
        }
    }

    /** Reads from the current member; the whole archive is read, for only that tells whether it is complete. */
    private int read(String member) {
        int count = input.read(buffer);
        contentBytes += Math.max(count, 0);
        recorder.content(buffer, 0, Math.max(count, 0));
        limits.checkRatio(file, member, contentBytes, input.fileBytes());
        return count;
    }
}
