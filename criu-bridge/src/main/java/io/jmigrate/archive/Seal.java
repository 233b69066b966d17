package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Difference;
import io.jmigrate.archive.integrity.Manifest;
import io.jmigrate.archive.integrity.ManifestDocument;
import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What closes an archive: its manifest, the last member, and perhaps the manifest's signature behind it. Archives of other
 * engines have neither, which is fine unless somebody's signature is required.
 */
final class Seal {
    private final ArchiveFile file;
    private final Content content;
    private final Optional<TrustedKey> trust;

    /** The content of a member of the archive. */
    @FunctionalInterface
    interface Content {
        byte[] of(String member) throws IOException;
    }

    /**
     * @param content gives the two members
     * @param trust whose signature is required
     */
    Seal(ArchiveFile file, Content content, Optional<TrustedKey> trust) {
        this.file = file;
        this.content = content;
        this.trust = trust;
    }

    /**
     * Checks everything that the archive says of itself.
     *
     * @param members all of the archive, in its order, each name once
     */
    void check(List<Member> members) {
        check(members, Set.of());
    }

    /**
     * The same where the content of some members is not looked at.
     *
     * @param unread their names; of these the manifest's digests are taken as they are
     */
    void check(List<Member> members, Set<String> unread) {
        List<String> names = members.stream().map(Member::name).toList();
        int place = names.indexOf(ArchiveLayout.MANIFEST);
        if (place < 0) {
            checkThatNobodyNeedsIt(names);
            return;
        }
        byte[] manifest = content(ArchiveLayout.MANIFEST);
        // before anything is believed of it
        trust.ifPresent(key -> checkSignature(key, names, manifest));
        checkEnd(names.subList(place + 1, names.size()));
        Manifest listed = read(manifest);
        listed.differenceTo(believing(listed, members.subList(0, place), unread))
                .ifPresent(difference -> {
                    throw file.altered(difference);
                });
    }

    private static List<Member> believing(Manifest listed, List<Member> members, Set<String> unread) {
        Map<String, String> digests = listed.members().stream()
                .filter(member -> unread.contains(member.name()))
                .collect(Collectors.toMap(Member::name, Member::sha256));
        return members.stream()
                .map(member -> new Member(
                        member.name(),
                        member.kind(),
                        member.sizeBytes(),
                        digests.getOrDefault(member.name(), member.sha256())))
                .toList();
    }

    private void checkThatNobodyNeedsIt(List<String> names) {
        if (trust.isPresent()) {
            throw file.unsigned();
        }
        if (names.contains(ArchiveLayout.SIGNATURE)) {
            throw file.altered(new Difference(ArchiveLayout.SIGNATURE, "signs a manifest that is not there"));
        }
    }

    private void checkSignature(TrustedKey key, List<String> names, byte[] manifest) {
        if (!names.contains(ArchiveLayout.SIGNATURE)) {
            throw file.unsigned();
        }
        if (!key.hasSigned(manifest, content(ArchiveLayout.SIGNATURE))) {
            throw file.untrusted(key.file());
        }
    }

    private void checkEnd(List<String> behind) {
        behind.stream()
                .filter(name -> !name.equals(ArchiveLayout.SIGNATURE))
                .findFirst()
                .ifPresent(name -> {
                    throw file.altered(new Difference(name, "follows the manifest, which is the last"));
                });
    }

    private Manifest read(byte[] manifest) {
        try {
            return ManifestDocument.read(manifest);
        } catch (IOException e) {
            throw file.unreadable(ArchiveLayout.MANIFEST, e);
        }
    }

    private byte[] content(String name) {
        try {
            return content.of(name);
        } catch (IOException e) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_IO,
                            "reading " + name + " of archive " + file.name() + " failed: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
