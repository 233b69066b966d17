package io.jmigrate.archive.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.ArchiveFixture;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.ContainerdImage;
import io.jmigrate.archive.Engine;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.Progress;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveImageTest {
    @TempDir
    private Path directory;

    private Path archive;
    private LayoutReference reference;

    @BeforeEach
    void make() throws IOException {
        archive = ArchiveFixture.write(directory, "a.tar.zst", Compression.DEFAULT);
        reference = new LayoutReference(directory.resolve("layout"), "web");
    }

    private ArchiveImage image() {
        return image(reference);
    }

    private static ArchiveImage image(LayoutReference reference) {
        return new ArchiveImage(reference, new OciLayout(reference), Progress.SILENT);
    }

    private JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private Path blob(JsonNode descriptor) {
        return reference
                .layout()
                .resolve("blobs/sha256")
                .resolve(descriptor.path("digest").asText().substring(7));
    }

    private JsonNode manifest() throws IOException {
        return json(blob(
                json(reference.layout().resolve("index.json")).path("manifests").get(0)));
    }

    @Test
    void carriesAnArchiveByteByByte() throws IOException {
        for (Compression compression : List.of(Compression.DEFAULT, new Compression.Gzip(1), new Compression.None())) {
            Path made = ArchiveFixture.write(
                    directory, "made-" + compression.getClass().getSimpleName(), compression);
            image().push(made);
            Path pulled = directory.resolve("pulled-" + made.getFileName());
            image().pull(pulled);
            assertThat(pulled).hasSameBinaryContentAs(made);
            assertThat(Files.getPosixFilePermissions(pulled)).hasSize(2);
        }
    }

    @Test
    void anImageOfContainerdIsPulledAsAnArchive() throws IOException {
        Files.createDirectories(reference.layout().resolve("blobs/sha256"));
        for (var file : ContainerdImage.complete().files().entrySet()) {
            Files.write(reference.layout().resolve(file.getKey()), file.getValue());
        }
        Path pulled = directory.resolve("pulled");
        image(new LayoutReference(reference.layout(), "1")).pull(pulled);
        assertThat(ArchiveContents.read(pulled, Limits.DEFAULT).engine()).isEqualTo(Engine.CONTAINERD);
    }

    @Test
    void isAnImageWithOneLayerAndTheAnnotationsOfThreeEngines() throws IOException {
        image().push(archive);
        assertThat(reference.layout().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        JsonNode manifest = manifest();
        assertThat(manifest.path("layers")).hasSize(1);
        assertThat(manifest.path("layers").get(0).path("mediaType").asText())
                .isEqualTo("application/vnd.oci.image.layer.v1.tar+zstd");
        assertThat(blob(manifest.path("layers").get(0))).hasSameBinaryContentAs(archive);
        JsonNode annotations = manifest.path("annotations");
        assertThat(annotations.path("org.criu.checkpoint.container.name").asText())
                .isEqualTo("web");
        assertThat(annotations.path("org.criu.checkpoint.engine.name").asText()).isEqualTo("jmigrate");
        assertThat(annotations.path("io.podman.annotations.checkpoint.name").asText())
                .isEqualTo("web");
        assertThat(annotations
                        .path("io.kubernetes.cri-o.annotations.checkpoint.name")
                        .asText())
                .isEqualTo("web");
        assertThat(json(blob(manifest.path("config"))).path("rootfs").path("diff_ids"))
                .hasSize(1);
    }

    @Test
    void namesEachImageByOneTag() throws IOException {
        image().push(archive);
        image().push(ArchiveFixture.write(directory, "b.tar", new Compression.None()));
        image(new LayoutReference(reference.layout(), "other")).push(archive);
        assertThat(json(reference.layout().resolve("index.json")).path("manifests"))
                .hasSize(2);
        assertThat(manifest().path("layers").get(0).path("mediaType").asText()).doesNotEndWith("zstd");
    }

    @Test
    void refusesEveryBlobThatIsNotWhatItsDigestSays() throws IOException {
        image().push(archive);
        try (Stream<Path> blobs = Files.list(reference.layout().resolve("blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                byte[] good = Files.readAllBytes(blob);
                if (isConfig(blob)) {
                    continue; // nothing of it is used
                }
                byte[] bad = good.clone();
                bad[bad.length / 2] ^= 1;
                Files.write(blob, bad);
                assertRefused(ImageCode.IMAGE_ALTERED, "blob sha256:" + blob.getFileName() + " has another content");
                Files.write(blob, java.util.Arrays.copyOf(good, good.length - 1));
                assertRefused(ImageCode.IMAGE_ALTERED, "blob sha256:" + blob.getFileName() + " has another content");
                Files.delete(blob);
                assertRefused(ImageCode.IMAGE_MISSING, "or a part of it is not there");
                Files.write(blob, good);
            }
        }
        image().pull(directory.resolve("pulled"));
    }

    private boolean isConfig(Path blob) throws IOException {
        return blob.equals(blob(manifest().path("config")));
    }

    private void assertRefused(ImageCode code, String sentence) {
        Path target = directory.resolve("pulled");
        assertThatThrownBy(() -> image().pull(target))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesDescriptionsThatLie() throws IOException {
        image().push(archive);
        Path index = reference.layout().resolve("index.json");
        String good = Files.readString(index);
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                good.replace("sha256:", "sha256:../../../"),
                good.replaceAll("sha256:[0-9a-f]{64}", "md5:0"),
                good.replaceFirst("\"size\" : \\d+", "\"size\" : -1"),
                good.replaceFirst("\"size\" : \\d+", "\"size\" : 99999999999"))) {
            Files.writeString(index, bad);
            assertThatThrownBy(() -> image().pull(directory.resolve("pulled")))
                    .as(bad)
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("image " + reference + " cannot be read: ");
        }
        Files.delete(index);
        assertRefused(ImageCode.IMAGE_MISSING, "is not there");
    }

    @Test
    void followsNoLinkToABlob() throws IOException {
        image().push(archive);
        Path layer = blob(manifest().path("layers").get(0));
        Path elsewhere = Files.move(layer, directory.resolve("elsewhere"));
        Files.createSymbolicLink(layer, elsewhere);
        assertThatThrownBy(() -> image().pull(directory.resolve("pulled"))).isInstanceOf(Failure.class);
    }

    @Test
    void touchesNoDirectoryOfOthers() throws IOException {
        Files.createDirectory(reference.layout());
        Files.writeString(reference.layout().resolve("theirs"), "x");
        assertThatThrownBy(() -> image().push(archive)).hasMessageContaining("it holds other files");
        assertThat(reference.layout()).isDirectoryContaining("glob:**/theirs");
    }
}
