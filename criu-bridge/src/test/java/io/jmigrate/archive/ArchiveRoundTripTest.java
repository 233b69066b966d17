package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveRoundTripTest {
    @TempDir
    Path directory;

    private Checkpoint checkpoint;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        checkpoint = Checkpoint.in(directory);
        file = directory.resolve("web.tar.zst");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd", "gzip:1", "zstd:19"})
    void givesBackWhatWasArchived(String compression) throws IOException {
        ExportedArchive exported = ArchiveWriter.write(checkpoint.export(file, Compression.named(compression)));
        ImportedArchive imported = read();

        Map<String, byte[]> images = Checkpoint.files(checkpoint.images());
        images.remove("dump.log");
        Map<String, byte[]> extracted = Checkpoint.files(imported.imageDirectory());
        assertThat(extracted.keySet()).isEqualTo(images.keySet());
        images.forEach(
                (name, content) -> assertThat(extracted.get(name)).as(name).isEqualTo(content));
        assertThat(imported.container()).isEqualTo(Checkpoint.CONTAINER);
        assertThat(imported.job()).isEmpty();
        assertThat(imported.spec().orElseThrow())
                .hasSameBinaryContentAs(checkpoint.directory().resolve("config.json"));
        assertThat(imported.rootfsDiff()).isEmpty();
        assertThat(imported.contentBytes()).isEqualTo(exported.contentBytes());
        assertThat(exported.members()).isEqualTo(4 + 1 + images.size() + 1);
        assertThat(exported.fileBytes()).isEqualTo(Files.size(file));
    }

    @Test
    void carriesTheDifferenceOfTheRootFileSystemAndTheStatistics() throws IOException {
        Path difference = Files.writeString(directory.resolve("difference"), "not looked into");
        Path statistics = Files.writeString(directory.resolve("stats"), "numbers");
        ExportRequest plain = checkpoint.export(file, Compression.DEFAULT);
        ArchiveWriter.write(new ExportRequest(
                new ArchiveTarget.InFile(file),
                plain.container(),
                plain.spec().orElseThrow(),
                plain.imageDirectory(),
                plain.dumpLog(),
                Optional.of(statistics),
                Optional.of(difference),
                plain.compression(),
                plain.progress()));
        ImportedArchive imported = read();
        assertThat(imported.rootfsDiff())
                .hasValueSatisfying(path -> assertThat(path).hasContent("not looked into"));
        assertThat(imported.directory().resolve("stats-dump")).hasContent("numbers");
    }

    @Test
    void keepsArchiveAndExtractedFilesFromOthers() throws IOException {
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        ImportedArchive imported = read();
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(imported.directory())).isEqualTo("rwx------");
        assertThat(permissions(imported.imageDirectory())).isEqualTo("rwx------");
        assertThat(permissions(imported.imageDirectory().resolve("pages-1.img")))
                .isEqualTo("rw-------");
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        List<Long> written = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        ExportRequest quiet = checkpoint.export(file, Compression.DEFAULT);
        ExportedArchive exported = ArchiveWriter.write(new ExportRequest(
                new ArchiveTarget.InFile(file),
                quiet.container(),
                quiet.spec().orElseThrow(),
                quiet.imageDirectory(),
                quiet.dumpLog(),
                quiet.statistics(),
                Optional.empty(),
                quiet.compression(),
                written::add));
        ArchiveReader.read(new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, read::add));
        assertThat(written).isSorted().endsWith(exported.contentBytes());
        assertThat(read).isSorted().endsWith(exported.contentBytes());
    }

    @Test
    void removesWhatItExtractedWhenAsked() throws IOException {
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        ImportedArchive imported = read();
        imported.remove();
        assertThat(imported.directory()).doesNotExist();
    }

    @Test
    void neverWritesOverAnExistingFile() throws IOException {
        Files.writeString(file, "mine");
        assertFails(
                ArchiveCode.ARCHIVE_EXISTS,
                "archive " + file + " exists already",
                () -> ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT)));
        assertThat(file).hasContent("mine");
    }

    @Test
    void namesTheDirectoryThatIsNotThereForIt() {
        Path nowhere = directory.resolve("none/archive");
        assertFails(
                ArchiveCode.ARCHIVE_IO,
                "archive " + nowhere + " can't be written: there is no directory " + nowhere.getParent(),
                () -> ArchiveWriter.requireNew(nowhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void saysThatItEndsTooEarly(String compression) throws IOException {
        ArchiveWriter.write(checkpoint.export(file, Compression.named(compression)));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertFails(
                ArchiveCode.ARCHIVE_INVALID,
                "archive " + file + " is damaged: it ends too early",
                () -> ArchiveContents.read(file, Limits.DEFAULT));
    }

    @Test
    void leavesNothingWhenWritingFails() throws IOException {
        Files.delete(checkpoint.directory().resolve("dump.log"));
        assertThatThrownBy(() -> ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_IO))
                .hasMessageStartingWith("writing archive " + file + " failed: ");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(checkpoint.directory());
        }
    }

    @Test
    void refusesToArchiveWhatNoImportWouldAccept() throws IOException {
        Files.createSymbolicLink(checkpoint.images().resolve("parent"), Path.of("../earlier"));
        assertFails(
                ArchiveCode.ARCHIVE_FORBIDDEN,
                "image directory " + checkpoint.images() + " holds \"parent\", which has no place in an archive",
                () -> ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT)));
    }

    @Test
    void refusesToArchiveALink() throws IOException {
        Files.createSymbolicLink(checkpoint.images().resolve("core-1.img"), Path.of("inventory.img"));
        assertThatThrownBy(() -> ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT)))
                .isInstanceOf(Failure.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAnExistingDirectoryAlone() throws IOException {
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        Path out = Files.createDirectory(directory.resolve("out"));
        Files.writeString(out.resolve("mine"), "mine");
        assertFails(ArchiveCode.ARCHIVE_EXISTS, "directory " + out + " exists already", this::read);
        assertThat(out.resolve("mine")).hasContent("mine");
    }

    @Test
    void saysThatThereIsNoArchive() {
        assertFails(
                ArchiveCode.ARCHIVE_MISSING, "archive " + file + " can't be opened: there is no such file", this::read);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private ImportedArchive read() {
        return ArchiveReader.read(new ImportRequest(file, directory.resolve("out"), Limits.DEFAULT, Progress.SILENT));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertFails(ArchiveCode code, String sentence, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(sentence);
    }
}
