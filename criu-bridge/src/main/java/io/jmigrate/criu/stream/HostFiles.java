package io.jmigrate.criu.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.JsonList;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code host-streams.json} beside the images: which files of the host the standard streams of a container were. The images know
 * only that somebody gave them. A list of {@code {"number": 1, "path": "/srv/web.log", "device": N, "inode": N, "flags": N,
 * "position": N}}.
 */
public final class HostFiles {
    public static final String NAME = "host-streams.json";

    private static final int BYTES_MAX = 64 << 10;
    private static final Pattern POSITION = Pattern.compile("(?m)^pos:\\s*(\\d{1,18})$");

    private HostFiles() {}

    /**
     * Writes the file, while the container stands still.
     *
     * @param pid of its first process
     * @param files its standard streams that are files of the host
     * @throws Failure DUMP_FAILED
     */
    public static void write(Path imageDirectory, int pid, List<OpenFile> files) {
        Path file = imageDirectory.resolve(NAME);
        try {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (OpenFile open : files) {
                position(pid, open.number()).ifPresent(position -> add(list, hostFile(open, position)));
            }
            Files.write(file, JsonText.compact(list));
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static HostFile hostFile(OpenFile open, long position) {
        return new HostFile(open.number(), Path.of(open.target()), open.dev(), open.inode(), open.flags(), position);
    }

    /** Empty if it has been closed since it was looked at. */
    private static OptionalLong position(int pid, int number) throws IOException {
        try {
            Matcher matcher = POSITION.matcher(Files.readString(Path.of("/proc/" + pid + "/fdinfo/" + number)));
            return OptionalLong.of(matcher.find() ? Long.parseLong(matcher.group(1)) : 0);
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    private static void add(ArrayNode list, HostFile file) {
        list.addObject()
                .put("number", file.number())
                .put("path", file.path().toString())
                .put("device", file.device())
                .put("inode", file.inode())
                .put("flags", file.flags())
                .put("position", file.position());
    }

    /**
     * What the file says; nothing if there is none, as in images of others.
     *
     * @throws Failure IMAGES_INVALID
     */
    static List<HostFile> read(Path imageDirectory) {
        Path file = imageDirectory.resolve(NAME);
        try {
            return JsonList.read(file, BYTES_MAX)
                    .valueStream()
                    .map(HostFiles::hostFile)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static HostFile hostFile(JsonNode entry) {
        return new HostFile(
                entry.path("number").asInt(-1),
                Path.of(entry.path("path").asText()),
                entry.path("device").asLong(),
                entry.path("inode").asLong(),
                entry.path("flags").asInt(),
                entry.path("position").asLong());
    }
}
