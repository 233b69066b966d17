package io.jmigrate.archive.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.ArchiveCopy;
import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.PackedTar;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes an image of an archive, and an archive of an image: the layer and the archive are the same bytes. */
public final class ArchiveImage {
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";

    /** Packed in every way; the last is what Docker calls the second. */
    private static final Set<String> LAYERS = Set.of(
            LAYER_TYPE,
            LAYER_TYPE + "+gzip",
            LAYER_TYPE + "+zstd",
            "application/vnd.docker.image.rootfs.diff.tar.gzip");

    private final ImageReference image;
    private final OciLayout layout;
    private final Progress progress;

    /** @param progress told about bytes copied */
    public ArchiveImage(ImageReference image, Progress progress) {
        this.image = image;
        this.layout = new OciLayout(image.layout());
        this.progress = progress;
    }

    /**
     * Adds the archive to the layout, which is made if there is none, and has the tag name it. All of the archive is read and
     * checked; what it holds is copied once and nothing of it unpacked. On failure the tag names what it named before.
     *
     * @throws Failure with an {@link ImageCode}, or the archive's own
     */
    public void push(Path archive) {
        try {
            layout.create();
            try (ScratchDirectory scratch = ScratchDirectory.in(image.layout())) {
                Path copy = scratch.path().resolve("layer");
                try (InputStream in = Files.newInputStream(archive)) {
                    push(archive, copy, ArchiveCopy.write(in, copy, progress));
                }
            }
        } catch (NoSuchFileException e) {
            throw Failure.of(ImageCode.IMAGE_MISSING, "there is no " + e.getMessage())
                    .withCause(e);
        } catch (IOException e) {
            throw failure("cannot be written", e);
        }
    }

    private void push(Path archive, Path copy, ArchiveCopy.Copied copied) throws IOException {
        ArchiveContents contents = ArchiveContents.readAs(copy, archive.toString(), Limits.DEFAULT);
        Map<String, String> annotations = annotations(contents); // looks into config.dump, which may be anything
        PackedTar packed = PackedTar.of(copy);
        String type = packed.compression().equals("none") ? LAYER_TYPE : LAYER_TYPE + "+" + packed.compression();
        layout.take(copy, copied.sha256());
        Blob layer = new Blob(type, copied.sha256(), copied.bytes());
        Blob config = layout.add(CONFIG_TYPE, config(packed.tarSha256()));
        layout.tag(image.tag(), layout.add(OciLayout.MANIFEST_TYPE, manifest(config, layer, annotations)));
    }

    private static ObjectNode config(String tarSha256) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("created", Instant.now().toString())
                .put("architecture", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64")
                .put("os", "linux");
        config.putObject("config");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add("sha256:" + tarSha256);
        config.putArray("history").addObject().put("created_by", "jmigrate image push");
        return config;
    }

    private static ObjectNode manifest(Blob config, Blob layer, Map<String, String> annotations) {
        ObjectNode manifest =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", OciLayout.MANIFEST_TYPE);
        manifest.set("config", config.json());
        manifest.putArray("layers").add(layer.json());
        ObjectNode all = manifest.putObject("annotations");
        annotations.forEach(all::put);
        return manifest;
    }

    /** Of CRIU's neutral set (checkpointctl, lib/metadata.go), podman's (libpod/define/annotations.go) and CRI-O's. */
    private static Map<String, String> annotations(ArchiveContents contents) {
        Map<String, String> all = new TreeMap<>();
        all.put("org.criu.checkpoint.engine.name", contents.engine().toString());
        contents.container().ifPresent(container -> add(all, container));
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private static void add(Map<String, String> all, ContainerDescription container) {
        all.put("org.criu.checkpoint.container.name", container.name());
        all.put("org.criu.checkpoint.rootfsImageName", container.rootfsImageName());
        all.put("org.criu.checkpoint.runtime.name", container.runtime());
        all.put("io.podman.annotations.checkpoint.name", container.name());
        all.put("io.podman.annotations.checkpoint.rootfsImageName", container.rootfsImageName());
        all.put("io.podman.annotations.checkpoint.runtime.name", container.runtime());
        all.put("io.kubernetes.cri-o.annotations.checkpoint.name", container.name());
    }

    /**
     * Writes the archive that the image is. It appears under its name when it is complete, on disk, what its digest says, and an
     * archive that can be read to its end.
     *
     * @throws Failure with an {@link ImageCode} or an ArchiveCode
     */
    public void pull(Path archive) {
        try {
            Blob manifest = layout.manifest(image.tag());
            Blob layer = layer(layout.read(manifest));
            try (InputStream in = layout.open(layer)) {
                ArchiveCopy.writeNew(in, archive, progress, (file, copied) -> {
                    if (copied.bytes() != layer.bytes() || !copied.sha256().equals(layer.sha256())) {
                        throw new OciLayout.AlteredException(layer);
                    }
                    ArchiveContents.readAs(file, image.toString(), Limits.DEFAULT);
                });
            }
        } catch (NoSuchFileException e) {
            throw Failure.of(ImageCode.IMAGE_MISSING, "image " + image + " or a part of it is not there")
                    .withCause(e);
        } catch (OciLayout.AlteredException e) {
            throw Failure.of(ImageCode.IMAGE_ALTERED, "image " + image + ": " + e.getMessage())
                    .withCause(e);
        } catch (IOException e) {
            throw failure("cannot be read", e);
        }
    }

    private Blob layer(JsonNode manifest) throws IOException {
        JsonNode layers = manifest.path("layers");
        if (!layers.isArray() || layers.size() != 1) {
            throw new IOException("it has " + layers.size() + " layers, and a checkpoint has one");
        }
        Blob layer = Blob.read(layers.get(0));
        if (!LAYERS.contains(layer.mediaType())) {
            throw new IOException("its layer is no tar in gzip, zstd or plain");
        }
        return layer;
    }

    private Failure failure(String what, IOException cause) {
        String why = IoReason.of(cause).lines().findFirst().orElse(""); // Jackson's second line quotes the document
        return Failure.of(ImageCode.IMAGE_INVALID, "image " + image + " " + what + ": " + why)
                .withCause(cause);
    }
}
