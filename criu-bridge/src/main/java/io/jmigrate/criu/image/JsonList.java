package io.jmigrate.criu.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.io.IOException;
import java.nio.file.Path;

/** A file beside images that holds a JSON list, and may be a stranger's. */
public final class JsonList {
    private JsonList() {}

    /**
     * Reads it.
     *
     * @param bytesMax of a file that is believed
     * @throws IOException also if it has more, or another form; the message says why
     */
    public static JsonNode read(Path file, int bytesMax) throws IOException {
        JsonNode list = parse(file, BoundedFile.read(file, bytesMax));
        if (!list.isArray()) {
            throw new IOException("it is not a JSON list");
        }
        return list;
    }

    private static JsonNode parse(Path file, byte[] bytes) throws IOException {
        try {
            return JsonText.parse(bytes, file.getFileName().toString(), new Problems());
        } catch (MalformedJsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
