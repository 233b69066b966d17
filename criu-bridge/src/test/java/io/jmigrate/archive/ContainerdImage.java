package io.jmigrate.archive;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.jmigrate.archive.oci.Blob;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An image as {@code ctr containers checkpoint} and {@code ctr images export} write it, or nearly so. */
public final class ContainerdImage {
    private static final String CRIU = "application/vnd.containerd.container.criu.checkpoint.criu.tar";
    private static final String CONFIG = "application/vnd.containerd.container.checkpoint.config.v1+proto";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String SPEC = "types.containerd.io/opencontainers/runtime-spec/1/Spec";

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> parts = new ArrayList<>();

    /** One that is good. */
    public static ContainerdImage complete() {
        return new ContainerdImage()
                .images(images())
                .config(SPEC, "{\"linux\":{\"cgroupsPath\":\"/default/web\"}}")
                .part("application/vnd.oci.image.layer.v1.tar+gzip", new byte[] {1, 2, 3});
    }

    static HostileArchive images() {
        return new HostileArchive()
                .file("inventory.img", Checkpoint.inventory())
                .file("descriptors.json", "[]");
    }

    ContainerdImage images(HostileArchive images) {
        return part(CRIU, images.closed());
    }

    ContainerdImage config(String type, String json) {
        Any message = Any.newBuilder()
                .setTypeUrl(type)
                .setValue(ByteString.copyFromUtf8(json))
                .build();
        return part(CONFIG, message.toByteArray());
    }

    ContainerdImage part(String mediaType, byte[] content) {
        parts.add(descriptor(mediaType, content));
        return this;
    }

    private String descriptor(String mediaType, byte[] content) {
        Blob blob = Blob.of(mediaType, content);
        files.put("blobs/sha256/" + blob.sha256(), content);
        return blob.json().toString();
    }

    /** All files of the layout. */
    public Map<String, byte[]> files() {
        if (files.containsKey("index.json")) {
            return files;
        }
        String index = "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", parts)
                + "],\"annotations\":{\"io.containerd.checkpoint.runtime\":\"io.containerd.runc.v2\","
                + "\"org.opencontainers.image.ref.name\":\"localhost/busybox:1\"}}";
        String entry = descriptor(INDEX, index.getBytes())
                .replaceFirst("}$", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"1\"}}");
        files.put("index.json", ("{\"schemaVersion\":2,\"manifests\":[" + entry + "]}").getBytes());
        return files;
    }

    /** What containerd's begin with: without a time, which would take another header. */
    static HostileArchive begun() {
        return new HostileArchive()
                .special("blobs/", TarConstants.LF_DIR, entry -> entry.setLastModifiedTime(FileTime.fromMillis(0)));
    }

    HostileArchive layout() {
        HostileArchive layout = begun().directory("blobs/sha256");
        files().forEach(layout::file);
        return layout;
    }

    Path writeTo(Path file) {
        return HostileArchive.write(file, layout().closed());
    }
}
