package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.MemberRecorder;
import io.jmigrate.archive.layout.Documents;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** One pass over an archive that is converted. */
final class Conversion {
    private static final int BUFFER_BYTES = 1 << 20;

    /** They are held until all is known that goes into them; a manifest has 100 bytes for each member. */
    private static final int HELD_BYTES_MAX = 16 << 20;

    /** Not members that are carried: they are written anew, or say something about the archive as it was. */
    private static final Set<String> HELD =
            Set.of(ArchiveLayout.CONFIG_DUMP, ArchiveLayout.SPEC_DUMP, ArchiveLayout.MANIFEST, ArchiveLayout.SIGNATURE);

    /** podman's archives all have it. */
    private static final String ARTIFACTS = "artifacts";

    private static final String EARLIER_CHECKPOINT = "pre-checkpoint";

    private final ArchiveFile file;
    private final ConversionRequest request;
    private final ArchiveInput input;
    private final TarPacker tar;
    private final MemberRecorder recorder = new MemberRecorder();
    private final Map<String, byte[]> held = new HashMap<>();
    private final Set<String> carried = new HashSet<>();
    private final Omissions omissions;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long contentBytes;

    Conversion(ArchiveFile file, ConversionRequest request, ArchiveInput input, TarPacker tar) {
        this.file = file;
        this.request = request;
        this.input = input;
        this.tar = tar;
        this.omissions = new Omissions(request.layout());
    }

    /** Carries everything but the documents that are written anew. */
    void carryMembers() throws IOException {
        MemberRules rules = MemberRules.toLook(file, request.limits());
        for (Optional<TarArchiveEntry> entry = input.next(); entry.isPresent(); entry = input.next()) {
            MemberRules.Admitted member = rules.admit(entry.get());
            if (member.directory()) {
                recorder.directory(member.name());
                directory(member.name());
            } else {
                file(member.name(), entry.get().getSize());
            }
        }
    }

    private void directory(String name) throws IOException {
        Optional<String> place = place(name);
        if (place.isPresent() && !name.isEmpty()) {
            carried.add(place.get());
            tar.directory(place.get());
        }
    }

    private void file(String name, long size) throws IOException {
        if (name.equals(ArchiveLayout.JOB)) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_INVALID,
                            "archive " + file.name() + " holds a job, and no engine but jmigrate has jobs")
                    .withRemedy("jmigrate restore --import brings it back as it is");
        }
        long before = contentBytes;
        if (HELD.contains(name)) {
            hold(name);
        } else {
            Optional<String> place = place(name);
            if (place.isPresent()) {
                carried.add(place.get());
                tar.pieces(place.get(), size, () -> next(name));
            } else {
                passOver(name);
            }
        }
        recorder.file(name, contentBytes - before);
    }

    /** @throws Failure ARCHIVE_FORBIDDEN for a part without which the rest is worth nothing */
    private Optional<String> place(String name) {
        Optional<String> place = request.layout().place(name);
        if (place.isEmpty() && name.startsWith(EARLIER_CHECKPOINT)) {
            throw file.forbidden(name, "is an earlier checkpoint that this one builds on, for which there is no place");
        }
        omissions.note(name, place);
        return place;
    }

    private void hold(String name) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int count = read(name, buffer); count >= 0; count = read(name, buffer)) {
            content.write(buffer, 0, count);
            if (content.size() > HELD_BYTES_MAX) {
                throw file.tooLarge(name, "has more than " + HELD_BYTES_MAX + " bytes");
            }
        }
        held.put(name, content.toByteArray());
    }

    private void passOver(String name) {
        for (int count = read(name, buffer); count >= 0; count = read(name, buffer)) {
            // what it holds is of no interest
        }
    }

    private Optional<ByteBuffer> next(String member) {
        int count = read(member, buffer);
        return count < 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(buffer, 0, count));
    }

    private int read(String member, byte[] into) {
        int count = input.read(into);
        if (count > 0) {
            contentBytes += count;
            recorder.content(into, 0, count);
        }
        request.limits().checkRatio(file, member, contentBytes, input.fileBytes());
        return count;
    }

    /** Writes the documents that the engine looks for. */
    void addDocuments() throws IOException {
        Map<String, byte[]> documents = documents()
                .orElseThrow(() -> Failure.of(
                        ArchiveCode.ARCHIVE_IMAGE_UNKNOWN,
                        "archive " + file.name() + " does not say which image its container was made of"));
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            tar.document(document.getKey(), document.getValue());
        }
        if (request.layout() == Layout.PODMAN && !carried.contains(ARTIFACTS)) {
            tar.directory(ARTIFACTS);
        }
    }

    private Optional<Map<String, byte[]>> documents() {
        try {
            return Documents.rewritten(
                    held(ArchiveLayout.CONFIG_DUMP),
                    held(ArchiveLayout.SPEC_DUMP),
                    request.layout(),
                    request.image(),
                    carried);
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    /** The content of one of the members that are written anew. */
    byte[] held(String name) throws IOException {
        byte[] content = held.get(name);
        if (content == null) {
            throw new IOException("it has no " + name);
        }
        return content;
    }

    /** All members of the archive that was read, in its order. */
    List<Member> members() {
        return recorder.members();
    }

    List<String> notCarried() {
        return omissions.sentences(held.containsKey(ArchiveLayout.SIGNATURE));
    }
}
