package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at an archive: what is kept, what is passed over, and what is refused as an import refuses it. */
class ArchiveContentsTest {
    @TempDir
    private Path directory;

    private ArchiveContents read(HostileArchive archive) {
        return ArchiveContents.read(archive.writeTo(directory.resolve("a.tar.zst")), Limits.DEFAULT);
    }

    private void assertRefused(HostileArchive archive, ArchiveCode code) {
        assertThatThrownBy(() -> read(archive))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void tellsOfAnArchiveThatThisProgramWrote() throws IOException {
        Path file = directory.resolve("a.tar.zst");
        ArchiveWriter.write(Checkpoint.in(directory).export(file, Compression.DEFAULT));
        ArchiveContents contents = ArchiveContents.read(file, Limits.DEFAULT);

        assertThat(contents.container()).contains(Checkpoint.CONTAINER);
        assertThat(contents.engine()).isEqualTo(Engine.JMIGRATE);
        assertThat(contents.hasRootfsDiff()).isFalse();
        assertThat(contents.sizes()).containsEntry("pages-1.img", 1L << 20);
        assertThat(contents.open("inventory.img")).isPresent();
        assertThat(contents.open("pages-1.img")).as("memory is passed over").isEmpty();
        assertThat(CheckpointImages.of(contents).memoryBytes()).isEqualTo(1L << 20);
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(file, directory.resolve("made"));
        }
    }

    @Test
    void passesMemoryByWithoutHoldingIt() throws IOException {
        Path file = directory.resolve("a.tar.zst");
        Checkpoint checkpoint = Checkpoint.in(directory);
        Files.write(checkpoint.images().resolve("pages-9.img"), new byte[3 << 20]);
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        List<String> passed = new ArrayList<>();
        ArchiveContents.read(file, Limits.DEFAULT).eachPagesImage((name, content) -> {
            passed.add(name + " " + (name.equals("pages-1.img") ? content.readAllBytes().length : content.read()));
        });
        assertThat(passed).containsExactly("pages-1.img " + (1 << 20), "pages-9.img 0");
    }

    @Test
    void tellsWhichEngineMadeIt() {
        assertThat(read(ofManager("libpod")).engine()).isEqualTo(Engine.PODMAN);
        assertThat(read(ofManager("cri-o")).engine()).isEqualTo(Engine.CRIO);
        assertThat(read(HostileArchive.complete().file("status.dump", "{}")).engine())
                .isEqualTo(Engine.CONTAINERD);
        assertThat(read(HostileArchive.complete()).engine()).isEqualTo(Engine.UNKNOWN);
    }

    private static HostileArchive ofManager(String manager) {
        return new HostileArchive()
                .file("spec.dump", "{\"annotations\":{\"io.container.manager\":\"" + manager + "\"}}");
    }

    @Test
    void takesWhatAnImportCannotPutBack() {
        ArchiveContents contents = read(HostileArchive.complete()
                .directory("volumes")
                .file("volumes/data.tar", "x")
                .file("deleted.files", "[]")
                .file("rootfs-diff.tar", "x")
                .file("stats-dump", "x"));
        assertThat(contents.hasRootfsDiff()).isTrue();
        assertThat(contents.open("stats-dump")).isPresent();
    }

    @Test
    void doesWithoutADescription() {
        assertThat(read(new HostileArchive().file("checkpoint/inventory.img", Checkpoint.inventory()))
                        .container())
                .isEqualTo(Optional.empty());
    }

    @Test
    void refusesWhatNoCheckpointHolds() {
        assertRefused(
                HostileArchive.complete().special("checkpoint/core-1.img", TarConstants.LF_SYMLINK, entry -> {
                    entry.setLinkName("/etc/passwd");
                }),
                ArchiveCode.ARCHIVE_FORBIDDEN);
        assertRefused(HostileArchive.complete().file("../escape", "x"), ArchiveCode.ARCHIVE_FORBIDDEN);
        assertRefused(HostileArchive.complete().file("spec.dump", "{}"), ArchiveCode.ARCHIVE_INVALID);
    }

    @Test
    void refusesMoreImagesThanFitIntoMemory() {
        byte[] half = new byte[ArchivePass.KEPT_BYTES_MAX / 2 + 1];
        assertRefused(
                HostileArchive.complete().file("checkpoint/mm-1.img", half).file("checkpoint/mm-2.img", half),
                ArchiveCode.ARCHIVE_TOO_LARGE);
    }

    @Test
    void refusesAnArchiveThatIsCutOff() throws IOException {
        Path file = HostileArchive.complete().writeTo(directory.resolve("a.tar.zst"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> ArchiveContents.read(file, Limits.DEFAULT))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("archive " + file + " is damaged: ");
    }

    @Test
    void namesTheArchiveWhoseImagesAreDamaged() {
        ArchiveContents contents = read(new HostileArchive().file("checkpoint/inventory.img", "nonsense"));
        assertThatThrownBy(() -> CheckpointImages.of(contents))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith("is damaged: inventory.img is not a criu image of kind INVENTORY");
    }
}
