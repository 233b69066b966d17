package io.jmigrate.archive.image;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * A directory in OCI layout (image-spec, image-layout.md). Files appear in it complete and on disk, the index last, so that a
 * reader sees an image or none; whoever reads takes nothing that isn't what its digest says.
 */
final class OciLayout {
    static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String INDEX = "index.json";
    private static final String MARKER = "oci-layout";

    /** Far more than a manifest has. */
    private static final int DOCUMENT_BYTES_MAX = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path directory;

    OciLayout(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory one, unless it is; it has to be empty or not to exist. */
    void create() throws IOException {
        if (Files.exists(directory.resolve(MARKER))) {
            return;
        }
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("it holds other files");
                }
            }
        }
        Files.createDirectories(
                directory.resolve("blobs/sha256"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        replace(INDEX, JSON.writeValueAsBytes(emptyIndex()));
        replace(MARKER, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode emptyIndex() {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX_TYPE);
        index.putArray("manifests");
        return index;
    }

    private Path blob(String sha256) {
        return directory.resolve("blobs/sha256").resolve(sha256);
    }

    /** A complete file becomes a blob under the name of its digest. */
    void take(Path file, String sha256) throws IOException {
        sync(file);
        Files.move(file, blob(sha256), StandardCopyOption.ATOMIC_MOVE);
        sync(blob(sha256).getParent());
    }

    /** Adds a small document as a blob. */
    Blob add(String mediaType, ObjectNode document) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(document);
        Blob blob = new Blob(mediaType, Sha256.hex(bytes), bytes.length);
        try (ScratchDirectory scratch = ScratchDirectory.in(directory)) {
            Path file = Files.write(scratch.path().resolve("blob"), bytes);
            take(file, blob.sha256());
        }
        return blob;
    }

    /** Has the tag name the manifest, and no other. */
    void tag(String tag, Blob manifest) throws IOException {
        ObjectNode index = (ObjectNode) index();
        ArrayNode kept = JSON.createArrayNode();
        index.path("manifests").forEach(entry -> {
            if (!isTagged(entry, tag)) {
                kept.add(entry);
            }
        });
        ObjectNode entry = manifest.json();
        entry.putObject("annotations").put(TAG, tag);
        index.set("manifests", kept.add(entry));
        replace(INDEX, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
    }

    private static boolean isTagged(JsonNode entry, String tag) {
        return entry.path("annotations").path(TAG).asText().equals(tag);
    }

    private JsonNode index() throws IOException {
        JsonNode index = document(Files.newInputStream(directory.resolve(INDEX), LinkOption.NOFOLLOW_LINKS));
        if (!index.isObject() || !index.path("manifests").isArray()) {
            throw new IOException(INDEX + " lists no manifests");
        }
        return index;
    }

    /**
     * The manifest that a tag names.
     *
     * @throws NoSuchFileException if there is none
     */
    Blob manifest(String tag) throws IOException {
        for (JsonNode entry : index().path("manifests")) {
            if (isTagged(entry, tag)) {
                return Blob.read(entry);
            }
        }
        throw new NoSuchFileException(tag);
    }

    /** A blob of JSON that is what its digest says. */
    JsonNode read(Blob blob) throws IOException {
        if (blob.bytes() > DOCUMENT_BYTES_MAX) {
            throw new IOException("a document has " + blob.bytes() + " bytes");
        }
        byte[] bytes;
        try (InputStream stream = open(blob)) {
            bytes = stream.readNBytes(DOCUMENT_BYTES_MAX);
        }
        if (bytes.length != blob.bytes() || !Sha256.hex(bytes).equals(blob.sha256())) {
            throw new AlteredException(blob);
        }
        return JSON.readTree(bytes);
    }

    /** The bytes of a blob, to be compared with its digest by whoever reads them. */
    InputStream open(Blob blob) throws IOException {
        return Files.newInputStream(blob(blob.sha256()), LinkOption.NOFOLLOW_LINKS);
    }

    private static JsonNode document(InputStream stream) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(DOCUMENT_BYTES_MAX + 1);
            if (bytes.length > DOCUMENT_BYTES_MAX) {
                throw new IOException(INDEX + " has more than " + DOCUMENT_BYTES_MAX + " bytes");
            }
            return JSON.readTree(bytes);
        }
    }

    private void replace(String name, byte[] bytes) throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.in(directory)) {
            Path file = Files.write(scratch.path().resolve(name), bytes);
            sync(file);
            Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
        sync(directory);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A blob isn't what its digest says. */
    static final class AlteredException extends IOException {
        private static final long serialVersionUID = 1L;

        AlteredException(Blob blob) {
            super("blob " + blob.digest() + " has another content than its digest says");
        }
    }
}
