package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.layout.Layout;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that containerd keeps as images are read as archives are, and held to the same rules. */
class ContainerdImageTest {
    @TempDir
    private Path directory;

    private Path file(ContainerdImage image) {
        return image.writeTo(directory.resolve("exported.tar"));
    }

    private ImportedArchive imported(Path file) {
        return ArchiveReader.read(new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT));
    }

    private void assertRefused(Path file, ArchiveCode code, String end) {
        assertThatThrownBy(() -> imported(file))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageEndingWith(end);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void isTakenForAnArchive() throws IOException {
        Path file = file(ContainerdImage.complete());
        ArchiveContents contents = ArchiveContents.read(file, Limits.DEFAULT);
        assertThat(contents.engine()).isEqualTo(Engine.CONTAINERD);
        assertThat(contents.container().orElseThrow().name()).isEqualTo("web");
        assertThat(contents.container().orElseThrow().rootfsImageName()).isEqualTo("localhost/busybox:1");
        assertThat(contents.integrity(Optional.empty()).manifest()).isEqualTo(Integrity.State.NONE);
        assertThat(LazyArchive.open(new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT)))
                .isEmpty();

        ImportedArchive imported = imported(file);
        assertThat(Checkpoint.files(imported.imageDirectory())).containsOnlyKeys("inventory.img", "descriptors.json");
        assertThat(imported.rootfsDiff().orElseThrow()).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(imported.spec().orElseThrow()).hasContent("{\"linux\":{\"cgroupsPath\":\"/default/web\"}}");
    }

    @Test
    void isConverted() throws IOException {
        Path to = directory.resolve("to");
        ArchiveConverter.convert(new ConversionRequest(
                new ArchiveSource.InFile(file(ContainerdImage.complete())),
                Optional.empty(),
                Optional.empty(),
                Limits.DEFAULT,
                Layout.JMIGRATE,
                Optional.empty(),
                new ArchiveTarget.InFile(to),
                Compression.DEFAULT,
                Progress.SILENT));
        assertThat(imported(to).container().rootfsImageName()).isEqualTo("localhost/busybox:1");
    }

    @Test
    void everyPartIsComparedWithItsDigest() throws IOException {
        ContainerdImage image = ContainerdImage.complete();
        byte[] good = image.layout().closed();
        for (String name : image.files().keySet()) {
            if (name.equals("index.json")) {
                continue;
            }
            byte[] tar = good.clone();
            tar[HostileArchive.headerOf(tar, name) + 512] ^= 1;
            Path file = HostileArchive.write(directory.resolve("exported.tar"), tar);
            assertRefused(file, ArchiveCode.ARCHIVE_INVALID, "has another content than its digest says");
        }
    }

    @Test
    void itsImagesAreUnderTheRulesOfAnArchive() {
        Path link = file(ContainerdImage.complete().images(new HostileArchive()));
        assertThat(imported(link).imageDirectory()).isDirectory(); // the first images count
        assertThat(imports(ContainerdImage.images()
                        .special("x.img", TarConstants.LF_SYMLINK, entry -> entry.setLinkName("/etc/passwd"))))
                .hasMessageContaining("\"checkpoint/x.img\" is a symbolic link");
        assertThat(imports(ContainerdImage.images().file("../x.img", "x")))
                .hasMessageContaining("leads out of the archive");
        assertThat(imports(ContainerdImage.images().file("/x.img", "x"))).hasMessageContaining("has no place");
        assertThat(imports(ContainerdImage.images().file("inventory.img", "x"))).hasMessageContaining("is there twice");
    }

    private Failure imports(HostileArchive images) {
        try {
            Files.deleteIfExists(directory.resolve("exported.tar"));
            ContainerdImage image = new ContainerdImage()
                    .images(images)
                    .config("types.containerd.io/opencontainers/runtime-spec/1/Spec", "{}");
            ImportedArchive imported = ArchiveReader.read(
                    new ImportRequest(file(image), directory.resolve("bad"), Limits.DEFAULT, Progress.SILENT));
            throw new AssertionError("was imported: " + imported);
        } catch (Failure e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhatIsNoCheckpoint() throws IOException {
        assertRefused(
                file(new ContainerdImage().part("application/vnd.oci.image.layer.v1.tar", new byte[] {1})),
                ArchiveCode.ARCHIVE_INVALID,
                "it holds no processes, as if ctr had made it without --task");
        assertRefused(
                file(new ContainerdImage().images(ContainerdImage.images()).config("another", "{}")),
                ArchiveCode.ARCHIVE_INVALID,
                "its config is of another type than a container's");
        Path other = HostileArchive.write(
                directory.resolve("exported.tar"),
                ContainerdImage.begun().file("index.json", "{\"manifests\":[]}").closed());
        assertRefused(other, ArchiveCode.ARCHIVE_INVALID, "there are 0 checkpoints of containerd in it");
        Path compressed = ContainerdImage.complete().layout().writeTo(directory.resolve("exported.tar.zst"));
        assertRefused(
                compressed, ArchiveCode.ARCHIVE_INVALID, "it is read from a file alone, and not if that is compressed");
        Path cut = HostileArchive.write(
                directory.resolve("exported.tar"),
                java.util.Arrays.copyOf(ContainerdImage.complete().layout().closed(), 4096));
        assertRefused(cut, ArchiveCode.ARCHIVE_INVALID, "it ends too early");
    }
}
