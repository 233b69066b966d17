package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root filesystem as the file of an image in OCI layout (image-spec v1) with one layer, as {@code ctr images import} reads it. */
final class ImageFile {
    private static final String TYPES = "application/vnd.oci.image.";

    private final Path layout;

    private ImageFile(Path layout) {
        this.layout = layout;
    }

    /** @param name what the image is called */
    static Path write(Path directory, Path rootfs, String name) throws IOException {
        Path layout = Files.createDirectory(directory.resolve("layout"));
        Files.createDirectories(layout.resolve("blobs/sha256"));
        new ImageFile(layout).fill(rootfs, name);
        Path file = directory.resolve("image.tar");
        tar(layout, file);
        return file;
    }

    private void fill(Path rootfs, String name) throws IOException {
        Path layer = layout.resolveSibling("layer.tar");
        tar(rootfs, layer);
        byte[] content = Files.readAllBytes(layer);
        String files = blob("layer.v1.tar", content);
        String config = blob("config.v1+json", bytes("""
                {"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
                """.formatted(Sha256.hex(content))));
        String manifest = blob("manifest.v1+json", bytes("""
                {"schemaVersion": 2, "mediaType": "%smanifest.v1+json", "config": %s, "layers": [%s]}
                """.formatted(TYPES, config, files)));
        String named = manifest.replaceFirst(
                "}$", ", \"annotations\": {\"io.containerd.image.name\": \"%s\"}}".formatted(name));
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\": 2, \"manifests\": [%s]}".formatted(named));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Adds a blob. @return what names it in other documents */
    private String blob(String type, byte[] content) throws IOException {
        String sha256 = Sha256.hex(content);
        Files.write(layout.resolve("blobs/sha256").resolve(sha256), content);
        return "{\"mediaType\": \"%s%s\", \"digest\": \"sha256:%s\", \"size\": %d}"
                .formatted(TYPES, type, sha256, content.length);
    }

    private static void tar(Path from, Path to) throws IOException {
        List<String> words = List.of("tar", "-C", from.toString(), "-cf", to.toString(), ".");
        assertThat(InstalledProgram.status(new ProcessBuilder(words).start(), words))
                .isZero();
    }
}
