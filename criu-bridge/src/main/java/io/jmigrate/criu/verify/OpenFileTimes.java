package io.jmigrate.criu.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.JsonList;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * {@code open-files.json} beside the images: when the regular files that a tree has open or mapped were last changed before it was
 * frozen. CRIU's images know their sizes alone (images/regfile.proto). A list of {@code {"name": "/data/log", "mtime": N}}, N in
 * nanoseconds since 1970.
 */
public final class OpenFileTimes {
    static final String NAME = "open-files.json";

    private static final int BYTES_MAX = 16 << 20;

    private OpenFileTimes() {}

    /**
     * Writes the file, while the tree stands still.
     *
     * @param files entries of files.img
     * @param root what the tree has for its root directory
     * @throws Failure DUMP_FAILED
     */
    public static void write(Path imageDirectory, List<FileEntry> files, Path root) {
        Path file = imageDirectory.resolve(NAME);
        try {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            TreeSet<String> names = new TreeSet<>();
            OpenFiles.named(files, imageDirectory).stream()
                    .map(RegularFile::getName)
                    .forEach(names::add);
            for (String name : names) {
                time(root.resolve(name.substring(1)))
                        .ifPresent(nanos -> list.addObject().put("name", name).put("mtime", nanos));
            }
            Files.write(file, JsonText.compact(list));
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** In nanoseconds since 1970; empty for what is no regular file, or is not there. */
    static Optional<Long> time(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(now)
                    .filter(BasicFileAttributes::isRegularFile)
                    .map(attributes -> attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            return Optional.empty(); // on a filesystem that only the tree sees, say
        }
    }

    /**
     * What the file says, by name; nothing if there is none, as in images of others.
     *
     * @throws Failure IMAGES_INVALID
     */
    static Map<String, Long> read(Path imageDirectory) {
        Path file = imageDirectory.resolve(NAME);
        if (Files.notExists(file)) {
            return Map.of();
        }
        try {
            return parse(JsonList.read(file, BYTES_MAX));
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Map<String, Long> parse(JsonNode list) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        for (JsonNode entry : list) {
            String name = entry.path("name").asText();
            if (!name.startsWith("/")
                    || name.indexOf('\0') >= 0
                    || !entry.path("mtime").canConvertToLong()) {
                throw new IOException("it has an entry without a name or a time");
            }
            times.put(name, entry.path("mtime").longValue());
        }
        return times;
    }
}
