package io.jmigrate.archive.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.oci.Blob;
import io.jmigrate.archive.oci.ImageDocument;
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
public final class OciLayout implements ImageStore {
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String TAG_ANNOTATION = "org.opencontainers.image.ref.name";
    private static final String INDEX = "index.json";
    private static final String MARKER = "oci-layout";

    private final Path directory;
    private final String tag;

    public OciLayout(LayoutReference image) {
        this.directory = image.layout();
        this.tag = image.tag();
    }

    @Override
    public StagedLayer stage(Path archive, Progress progress) throws IOException {
        create();
        return CopiedLayer.of(archive, ScratchDirectory.in(directory), this::take, progress);
    }

    /** Makes the directory one, unless it is; it has to be empty or not to exist. */
    private void create() throws IOException {
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
        replace(INDEX, ImageDocument.compact(emptyIndex()));
        replace(MARKER, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode emptyIndex() {
        ObjectNode index =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", INDEX_TYPE);
        index.putArray("manifests");
        return index;
    }

    private Path blob(String sha256) {
        return directory.resolve("blobs/sha256").resolve(sha256);
    }

    /** A complete file becomes a blob under the name of its digest. */
    private void take(Path file, String sha256) throws IOException {
        sync(file);
        Files.move(file, blob(sha256), StandardCopyOption.ATOMIC_MOVE);
        sync(blob(sha256).getParent());
    }

    @Override
    public Blob add(String mediaType, byte[] document) throws IOException {
        Blob blob = Blob.of(mediaType, document);
        try (ScratchDirectory scratch = ScratchDirectory.in(directory)) {
            take(Files.write(scratch.path().resolve("blob"), document), blob.sha256());
        }
        return blob;
    }

    @Override
    public Blob name(byte[] manifest) throws IOException {
        Blob blob = add(ImageDocument.MANIFEST_TYPE, manifest);
        ObjectNode index = (ObjectNode) index();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        index.path("manifests").forEach(entry -> {
            if (!isNamed(entry)) {
                kept.add(entry);
            }
        });
        ObjectNode entry = blob.json();
        entry.putObject("annotations").put(TAG_ANNOTATION, tag);
        index.set("manifests", kept.add(entry));
        replace(INDEX, ImageDocument.pretty(index));
        return blob;
    }

    private boolean isNamed(JsonNode entry) {
        return entry.path("annotations").path(TAG_ANNOTATION).asText().equals(tag);
    }

    private JsonNode index() throws IOException {
        InputStream stream = Files.newInputStream(directory.resolve(INDEX), LinkOption.NOFOLLOW_LINKS);
        JsonNode index = ImageDocument.read(ImageDocument.bytes(stream, INDEX));
        if (!index.isObject() || !index.path("manifests").isArray()) {
            throw new IOException(INDEX + " lists no manifests");
        }
        return index;
    }

    @Override
    public byte[] manifest() throws IOException {
        for (JsonNode entry : index().path("manifests")) {
            if (isNamed(entry)) {
                return document(Blob.read(entry));
            }
        }
        throw new NoSuchFileException(tag);
    }

    @Override
    public InputStream open(Blob blob) throws IOException {
        return Files.newInputStream(blob(blob.sha256()), LinkOption.NOFOLLOW_LINKS);
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
}
