package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an archive anew in the layout of another engine, in one pass and without unpacking it: members get other names, are added or
 * left out, and the documents say what that engine reads.
 *
 * <p>The archive that is read is held to the same rules as one that is looked at, and to its manifest. On failure there is no new
 * file.
 */
public final class ArchiveConverter {
    private final ConversionRequest request;
    private final ArchiveFile file;

    private ArchiveConverter(ConversionRequest request) {
        this.request = request;
        this.file = new ArchiveFile(request.source().name());
    }

    /**
     * Converts an archive.
     *
     * @throws Failure with an {@link ArchiveCode}
     */
    public static ConvertedArchive convert(ConversionRequest request) {
        return new ArchiveConverter(request).convert();
    }

    private ConvertedArchive convert() {
        List<String> notCarried = new ArrayList<>();
        Optional<Whiteouts> whiteouts = whiteouts();
        try (ArchiveInput input = ArchiveInput.open(file, request.source(), request.decryption())) {
            ArchiveOutput output = new ArchiveOutput(
                    request.target(), request.compression(), Optional.empty(), Optional.empty(), request.progress());
            ExportedArchive archive = output.write(tar -> notCarried.addAll(carry(input, tar, whiteouts)));
            return new ConvertedArchive(archive, List.copyOf(notCarried));
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    /** What containerd has for {@code deleted.files}. A stream can't be read before it is converted, and no engine compresses changes that need it. */
    private Optional<Whiteouts> whiteouts() {
        if (request.layout() != Layout.CONTAINERD || !(request.source() instanceof ArchiveSource.InFile)) {
            return Optional.empty();
        }
        Map<String, byte[]> found = new HashMap<>();
        try (ArchiveInput input = ArchiveInput.open(file, request.source(), request.decryption())) {
            MemberReading.of(file, input, MemberRules.toLook(file, request.limits()), request.limits())
                    .each((member, content) -> {
                        switch (member.name()) {
                            case ArchiveLayout.DELETED_FILES -> found.put(member.name(), deleted(content));
                            case ArchiveLayout.ROOTFS_DIFF ->
                                found.put(member.name(), content.readNBytes(MemberTar.FIRST_BYTES));
                            default -> {}
                        }
                    });
            return whiteouts(found);
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    private Optional<Whiteouts> whiteouts(Map<String, byte[]> found) throws IOException {
        byte[] deleted = found.get(ArchiveLayout.DELETED_FILES);
        byte[] start = found.getOrDefault(ArchiveLayout.ROOTFS_DIFF, new byte[0]);
        return deleted == null || MemberTar.startsAsGzip(new ByteArrayInputStream(start))
                ? Optional.empty()
                : Optional.of(Whiteouts.of(file, deleted));
    }

    private byte[] deleted(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(Conversion.HELD_BYTES_MAX + 1);
        if (bytes.length > Conversion.HELD_BYTES_MAX) {
            throw file.tooLarge(ArchiveLayout.DELETED_FILES, "has more than " + Conversion.HELD_BYTES_MAX + " bytes");
        }
        return bytes;
    }

    private List<String> carry(ArchiveInput input, TarPacker tar, Optional<Whiteouts> whiteouts) throws IOException {
        Conversion conversion = new Conversion(file, request, input, tar, whiteouts);
        conversion.carryMembers();
        new Seal(file, conversion::held, request.trust()).check(conversion.members());
        conversion.addDocuments();
        if (request.layout() == Layout.JMIGRATE) {
            ArchiveWriter.seal(tar, Optional.<SigningKey>empty());
        }
        tar.complete();
        return conversion.notCarried();
    }
}
