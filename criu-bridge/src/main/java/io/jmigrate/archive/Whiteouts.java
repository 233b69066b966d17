package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * What a container has deleted, as layers of images say it and containerd's archives with them: an empty file {@code .wh.NAME} beside
 * where NAME was (image-spec, layer.md, "Whiteouts").
 *
 * @param document {@code deleted.files}, a list of names in JSON
 * @param names of the files that stand for them
 * @param bytes of their entries in a tar, without its end
 */
record Whiteouts(byte[] document, List<String> names, long bytes) {
    private static final String MARK = ".wh.";

    /** @throws io.jmigrate.runtime.failure.Failure ARCHIVE_INVALID, ARCHIVE_FORBIDDEN */
    static Whiteouts of(ArchiveFile file, byte[] document) throws IOException {
        List<String> names = new ArrayList<>();
        long bytes = 0;
        for (JsonNode path : list(file, document)) {
            String name = mark(file, path.asText());
            names.add(name);
            bytes += entry(name).length;
        }
        return new Whiteouts(document, names, bytes);
    }

    private static JsonNode list(ArchiveFile file, byte[] document) {
        try {
            return new ObjectMapper().readTree(document);
        } catch (IOException e) {
            throw file.unreadable(ArchiveLayout.DELETED_FILES, e);
        }
    }

    private static String mark(ArchiveFile file, String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        if (Arrays.stream(name.split("/", -1))
                .anyMatch(part -> List.of("", ".", "..").contains(part))) {
            throw file.forbidden(ArchiveLayout.DELETED_FILES, "names " + MemberName.printable(path));
        }
        int slash = name.lastIndexOf('/') + 1;
        return name.substring(0, slash) + MARK + name.substring(slash);
    }

    private static byte[] entry(String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
        entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
        return TarPacker.header(entry);
    }

    /** The entries, and then what another source has. */
    TarPacker.PieceSource before(TarPacker.PieceSource rest) {
        Iterator<String> left = names.iterator();
        return () -> left.hasNext() ? Optional.of(ByteBuffer.wrap(entry(left.next()))) : rest.next();
    }

    /** Whether they are made of this document. */
    boolean areOf(byte[] other) {
        return Arrays.equals(document, other);
    }
}
