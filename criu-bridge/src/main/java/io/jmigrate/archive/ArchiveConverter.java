package io.jmigrate.archive;

import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        try (ArchiveInput input = ArchiveInput.open(file, request.source(), request.decryption())) {
            ArchiveOutput output = new ArchiveOutput(
                    request.target(), request.compression(), Optional.empty(), Optional.empty(), request.progress());
            ExportedArchive archive = output.write(tar -> notCarried.addAll(carry(input, tar)));
            return new ConvertedArchive(archive, List.copyOf(notCarried));
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    private List<String> carry(ArchiveInput input, TarPacker tar) throws IOException {
        Conversion conversion = new Conversion(file, request, input, tar);
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
