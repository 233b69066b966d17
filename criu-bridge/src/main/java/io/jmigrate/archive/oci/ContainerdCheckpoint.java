package io.jmigrate.archive.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import java.io.IOException;
import java.util.Optional;

/**
 * The index of a checkpoint that {@code ctr containers checkpoint} has made.
 *
 * @param images a tar of what CRIU and the runtime have written into the image directory
 * @param config the container's config.json, in a message of protobuf (google/protobuf/any.proto)
 * @param rootfsDiff what is other in its files than in its image, a layer
 * @param rootfsImage what containerd calls that image, empty if it doesn't say
 * @param runtime what containerd calls the runtime, such as {@code io.containerd.runc.v2}
 */
public record ContainerdCheckpoint(
        Blob images, Blob config, Optional<Blob> rootfsDiff, String rootfsImage, String runtime) {
    private static final String RUNTIME = "io.containerd.checkpoint.runtime";
    private static final String ROOTFS_IMAGE = "org.opencontainers.image.ref.name";
    private static final String IMAGES_TYPE = "application/vnd.containerd.container.criu.checkpoint.criu.tar";
    private static final String CONFIG_TYPE = "application/vnd.containerd.container.checkpoint.config.v1+proto";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
    private static final String SPEC_MESSAGE = "types.containerd.io/opencontainers/runtime-spec/1/Spec";

    /** Whether the document is one, and not that of another image. */
    public static boolean isMeant(JsonNode index) {
        return index.path("annotations").has(RUNTIME);
    }

    /** @throws IOException if it lacks something, or isn't well-formed; the message says what */
    public static ContainerdCheckpoint of(JsonNode index) throws IOException {
        Optional<Blob> images = part(index, IMAGES_TYPE);
        Optional<Blob> config = part(index, CONFIG_TYPE);
        if (images.isEmpty() || config.isEmpty()) {
            throw new IOException("it holds no processes, as if ctr had made it without --task");
        }
        Optional<Blob> layer = part(index, LAYER_TYPE + "+gzip");
        JsonNode annotations = index.path("annotations");
        return new ContainerdCheckpoint(
                images.get(),
                config.get(),
                layer.isPresent() ? layer : part(index, LAYER_TYPE),
                annotations.path(ROOTFS_IMAGE).asText(),
                annotations.path(RUNTIME).asText());
    }

    private static Optional<Blob> part(JsonNode index, String mediaType) throws IOException {
        for (JsonNode descriptor : index.path("manifests")) {
            if (descriptor.path("mediaType").asText().equals(mediaType)) {
                return Optional.of(Blob.read(descriptor));
            }
        }
        return Optional.empty();
    }

    /** The config.json as JSON. */
    public byte[] spec(Blobs blobs) throws IOException {
        Any message = Any.parseFrom(blobs.document(config));
        if (!message.getTypeUrl().equals(SPEC_MESSAGE)) {
            throw new IOException("its config is of another type than a container's");
        }
        return message.getValue().toByteArray();
    }
}
