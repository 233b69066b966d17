package io.jmigrate.criu.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.JsonList;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code descriptors.json}, runC's file beside the images: a JSON list of three strings, for the standard streams. A string with
 * {@code pipe:} in it is the key by which the images name a stream of the host, and runC hands over its own stream for it at a
 * restore (libcontainer/container_linux.go, Restore). The other strings are for people.
 */
final class DescriptorsFile {
    static final String NAME = "descriptors.json";

    /** Keys of streams in images that were written here, by number: any kind of file can stand for them. */
    static final List<String> KEYS = List.of("pipe:[stdin]", "pipe:[stdout]", "pipe:[stderr]");

    private static final String KEY_MARK = "pipe:";
    private static final String CLOSED = "/dev/null";
    private static final int BYTES_MAX = 64 << 10;

    private DescriptorsFile() {}

    /**
     * Writes the file.
     *
     * @param hosts numbers of the streams that the images name by {@link #KEYS}
     * @param targets what the links of the others say, by number
     */
    static void write(Path imageDirectory, Set<Integer> hosts, Map<Integer, String> targets) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int number = 0; number < KEYS.size(); number++) {
            list.add(hosts.contains(number) ? KEYS.get(number) : noKey(targets.getOrDefault(number, CLOSED)));
        }
        Files.write(imageDirectory.resolve(NAME), JsonText.compact(list));
    }

    /** A pipe within the container is nothing that a restore may replace. */
    private static String noKey(String target) {
        return target.replace(KEY_MARK, "inner pipe ");
    }

    /**
     * The keys that the images name streams by, by number; empty for streams within the container.
     *
     * @throws Failure IMAGES_INVALID
     */
    static Map<Integer, String> read(Path imageDirectory) {
        Path file = imageDirectory.resolve(NAME);
        Map<Integer, String> keys = new TreeMap<>();
        List<String> all = strings(file);
        for (int number = 0; number < KEYS.size() && number < all.size(); number++) {
            if (all.get(number).contains(KEY_MARK)) {
                keys.put(number, all.get(number));
            }
        }
        return keys;
    }

    private static List<String> strings(Path file) {
        try {
            return JsonList.read(file, BYTES_MAX)
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            "cannot read the list of standard streams " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
