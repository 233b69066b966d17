package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.layout.Documents;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass over an archive that is converted. */
final class Conversion {
    private static final int BUFFER_BYTES = 1 << 20;

    /** They are held until all is known that goes into them; a manifest has 100 bytes for each member. */
    static final int HELD_BYTES_MAX = 16 << 20;

    private static final int TAR_END_BYTES = 1024;

    /** Not members that are carried: they are written anew, or say something about the archive as it was. */
    private static final Set<String> HELD =
            Set.of(ArchiveLayout.CONFIG_DUMP, ArchiveLayout.SPEC_DUMP, ArchiveLayout.MANIFEST, ArchiveLayout.SIGNATURE);

    /** podman's archives all have it. */
    private static final String ARTIFACTS = "artifacts";

    private static final String EARLIER_CHECKPOINT = "pre-checkpoint";

    private final ArchiveFile file;
    private final ConversionRequest request;
    private final MemberReading reading;
    private final TarPacker tar;
    private final Map<String, byte[]> held = new HashMap<>();
    private final Set<String> carried = new HashSet<>();
    private final Omissions omissions;
    private final Optional<Whiteouts> whiteouts;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** @param whiteouts that go into {@code rootfs-diff.tar}, in place of {@code deleted.files} */
    Conversion(
            ArchiveFile file,
            ConversionRequest request,
            ArchiveInput input,
            TarPacker tar,
            Optional<Whiteouts> whiteouts) {
        this.file = file;
        this.request = request;
        MemberRules rules = MemberRules.toLook(file, request.limits());
        this.reading = MemberReading.noting(file, input, rules, request.limits(), Progress.SILENT);
        this.tar = tar;
        this.whiteouts = whiteouts;
        this.omissions = new Omissions(request.layout());
    }

    /** Carries everything but the documents that are written anew. */
    void carryMembers() throws IOException {
        reading.each((member, content) -> {
            if (member.directory()) {
                directory(member.name());
            } else {
                file(member, content);
            }
        });
    }

    private void directory(String name) throws IOException {
        Optional<String> place = place(name);
        if (place.isPresent() && !name.isEmpty()) {
            carried.add(place.get());
            tar.directory(place.get());
        }
    }

    private void file(MemberRules.Admitted member, InputStream content) throws IOException {
        if (member.name().equals(ArchiveLayout.JOB)) {
            throw job();
        }
        if (HELD.contains(member.name())) {
            hold(member.name(), content);
            return;
        }
        if (whiteouts.isPresent() && member.name().equals(ArchiveLayout.DELETED_FILES)) {
            requireTheSame(whiteouts.get(), content);
            return;
        }
        Optional<String> place = place(member.name());
        if (place.isPresent()) {
            carried.add(place.get());
            carry(place.get(), member.bytes(), () -> next(content));
        }
    }

    private Failure job() {
        return Failure.of(
                        ArchiveCode.ARCHIVE_INVALID,
                        "archive " + file.name() + " holds a job, and no engine but jmigrate has jobs")
                .withRemedy("jmigrate restore --import brings it back as it is");
    }

    private void carry(String place, long bytes, TarPacker.PieceSource content) throws IOException {
        if (whiteouts.isPresent() && place.equals(ArchiveLayout.ROOTFS_DIFF)) {
            tar.pieces(place, whiteouts.get().bytes() + bytes, whiteouts.get().before(content));
        } else {
            tar.pieces(place, bytes, content);
        }
    }

    /** It was read before, for it may stand behind what it changes. */
    private void requireTheSame(Whiteouts read, InputStream content) throws IOException {
        if (!read.areOf(content.readNBytes(HELD_BYTES_MAX + 1))) {
            throw file.damaged("it changes while it is read");
        }
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

    private void hold(String name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(HELD_BYTES_MAX + 1);
        if (bytes.length > HELD_BYTES_MAX) {
            throw file.tooLarge(name, "has more than " + HELD_BYTES_MAX + " bytes");
        }
        held.put(name, bytes);
    }

    private Optional<ByteBuffer> next(InputStream content) throws IOException {
        int count = content.read(buffer);
        return count < 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(buffer, 0, count));
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
        if (whiteouts.isPresent() && !carried.contains(ArchiveLayout.ROOTFS_DIFF)) {
            addWhiteouts();
        }
        if (request.layout() == Layout.PODMAN && !carried.contains(ARTIFACTS)) {
            tar.directory(ARTIFACTS);
        }
    }

    /** Nothing else has changed. */
    private void addWhiteouts() throws IOException {
        Iterator<ByteBuffer> end = List.of(ByteBuffer.allocate(TAR_END_BYTES)).iterator();
        carry(
                ArchiveLayout.ROOTFS_DIFF,
                TAR_END_BYTES,
                () -> end.hasNext() ? Optional.of(end.next()) : Optional.empty());
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
        return reading.members();
    }

    List<String> notCarried() {
        return omissions.sentences(held.containsKey(ArchiveLayout.SIGNATURE));
    }
}
