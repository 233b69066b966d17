package io.jmigrate.archive.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * A descriptor (image-spec, descriptor.md).
 *
 * @param mediaType what it is
 * @param sha256 its digest, in 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record Blob(String mediaType, String sha256, long bytes) {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(ALGORITHM + "[0-9a-f]{64}");

    /** What is there already. */
    public static Blob of(String mediaType, byte[] content) {
        return new Blob(mediaType, Sha256.hex(content), content.length);
    }

    /** Reads one. @throws IOException if it isn't one; the message says why */
    public static Blob read(JsonNode node) throws IOException {
        String digest = node.path("digest").asText();
        JsonNode size = node.path("size");
        if (!isDigest(digest)) {
            throw new IOException("a descriptor has no SHA-256");
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw new IOException("a descriptor has no size");
        }
        return new Blob(node.path("mediaType").asText(), digest.substring(ALGORITHM.length()), size.longValue());
    }

    /** Whether a text is what {@link #digest} gives. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("digest", digest())
                .put("size", bytes);
    }

    /** As descriptors and addresses have it. */
    public String digest() {
        return ALGORITHM + sha256;
    }
}
