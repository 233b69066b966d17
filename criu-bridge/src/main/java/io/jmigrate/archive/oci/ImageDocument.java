package io.jmigrate.archive.oci;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/** The documents that describe an image, which may come from anybody. */
public final class ImageDocument {
    /** Of the manifest of an image (image-spec, media-types.md). */
    public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    /** Far more than a manifest has; registries take no more either (distribution-spec). */
    public static final int BYTES_MAX = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ImageDocument() {}

    /** A stream's bytes to its end, which is closed. @throws IOException if they are too many */
    public static byte[] bytes(InputStream stream, String what) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new IOException(what + " has more than " + BYTES_MAX + " bytes");
            }
            return bytes;
        }
    }

    public static JsonNode read(byte[] bytes) throws IOException {
        return JSON.readTree(bytes);
    }

    public static byte[] compact(ObjectNode document) throws IOException {
        return JSON.writeValueAsBytes(document);
    }

    public static byte[] pretty(ObjectNode document) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    }
}
