package io.jmigrate.archive.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.ArchiveCopy;
import io.jmigrate.archive.ArchiveSource;
import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.ContainerdTar;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.PackedTar;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.oci.AlteredBlobException;
import io.jmigrate.archive.oci.Blob;
import io.jmigrate.archive.oci.ComparedInput;
import io.jmigrate.archive.oci.ContainerdCheckpoint;
import io.jmigrate.archive.oci.ImageDocument;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
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
    private final ImageStore store;
    private final Progress progress;

    /**
     * @param image for messages
     * @param store where it is or will be
     * @param progress told about bytes read of an archive, or written of one
     */
    public ArchiveImage(ImageReference image, ImageStore store, Progress progress) {
        this.image = image;
        this.store = store;
        this.progress = progress;
    }

    /**
     * Makes the archive an image, and has its name stand for it. All of the archive is read and checked, and nothing of it unpacked.
     * On failure the name stands for what it stood for before.
     *
     * @return the digest of the image's manifest, {@code sha256:…}
     * @throws Failure with an {@link ImageCode}, the archive's own, or the store's
     */
    public String push(Path archive) {
        ArchiveSource.requireFile(archive);
        try (ImageStore.StagedLayer staged = store.stage(archive, progress)) {
            return push(archive, staged).digest();
        } catch (NoSuchFileException e) {
            throw Failure.of(ImageCode.IMAGE_MISSING, "there is no " + e.getMessage())
                    .withCause(e);
        } catch (IOException e) {
            throw isFull(e)
                    ? full(e)
                    : failure("cannot be written", e)
                            .withRemedy("push to a directory in OCI layout, or to a new or an empty one");
        }
    }

    private Blob push(Path archive, ImageStore.StagedLayer staged) throws IOException {
        PackedTar packed = PackedTar.of(staged.file(), archive.toString(), Limits.DEFAULT);
        Map<String, String> annotations =
                annotations(packed.contents()); // looks into config.dump, which may be anything
        String type = packed.compression().equals("none") ? LAYER_TYPE : LAYER_TYPE + "+" + packed.compression();
        Blob layer = new Blob(type, staged.copied().sha256(), staged.copied().bytes());
        staged.add(layer);
        Blob config = store.add(CONFIG_TYPE, ImageDocument.compact(config(packed.tarSha256())));
        return store.name(ImageDocument.compact(manifest(config, layer, annotations)));
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
        ObjectNode manifest = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", ImageDocument.MANIFEST_TYPE);
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
            JsonNode manifest = ImageDocument.read(store.manifest());
            try (InputStream in = archive(manifest)) {
                ArchiveCopy.writeNew(
                        in,
                        archive,
                        progress,
                        (file, _) -> ArchiveContents.readAs(file, image.toString(), Limits.DEFAULT));
            }
        } catch (NoSuchFileException e) {
            throw Failure.of(ImageCode.IMAGE_MISSING, "image " + image + " or a part of it is not there")
                    .withCause(e);
        } catch (AlteredBlobException e) {
            throw altered(e);
        } catch (IOException e) {
            throw failure("cannot be read", e);
        }
    }

    /** Of an image that somebody made of an archive, or of containerd's own. A stream without end is cut off before it fills the disk. */
    private InputStream archive(JsonNode manifest) throws IOException {
        return ContainerdCheckpoint.isMeant(manifest)
                ? new ContainerdTar(store, ContainerdCheckpoint.of(manifest))
                : ComparedInput.of(store, layer(manifest));
    }

    private Failure altered(AlteredBlobException cause) {
        return Failure.of(ImageCode.IMAGE_ALTERED, "image " + image + ": " + cause.getMessage())
                .withCause(cause);
    }

    private static Blob layer(JsonNode manifest) throws IOException {
        JsonNode layers = manifest.path("layers");
        if (!layers.isArray() || layers.size() != 1) {
            throw new IOException("it has " + layers.size() + " layers, and a checkpoint has one");
        }
        Blob layer = Blob.read(layers.get(0));
        if (!LAYERS.contains(layer.mediaType())) {
            throw new IOException("its layer is no tar in gzip, zstd or plain");
        }
        if (layer.bytes() > Limits.DEFAULT.contentBytesMax()) {
            throw new IOException("its layer has " + layer.bytes() + " bytes, more than any checkpoint may");
        }
        return layer;
    }

    private static boolean isFull(IOException e) {
        return IoReason.of(e).equals("no space left on device");
    }

    private Failure full(IOException cause) {
        return Failure.of(ArchiveCode.ARCHIVE_NO_SPACE, "no space is left for image " + image)
                .withCause(cause);
    }

    private Failure failure(String what, IOException cause) {
        String why = IoReason.of(cause).lines().findFirst().orElse(""); // Jackson's second line quotes the document
        return Failure.of(ImageCode.IMAGE_INVALID, "image " + image + " " + what + ": " + why)
                .withCause(cause);
    }
}
