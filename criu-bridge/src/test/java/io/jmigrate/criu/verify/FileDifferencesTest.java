package io.jmigrate.criu.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.FileRemap;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDifferencesTest {
    private static final FileOwner NOBODY = FileOwner.newBuilder()
            .setUid(0)
            .setEuid(0)
            .setSignum(0)
            .setPidType(0)
            .setPid(0)
            .build();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("data"), "12345");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aFileThatIsAsItWasIsNoDifference() {
        assertThat(FileDifferences.difference(regular(5, 0100640), file)).isEmpty();
        assertThat(FileDifferences.difference(named().build(), file))
                .as("the images say nothing of it")
                .isEmpty();
    }

    @Test
    void tellsWhatIsDifferent() {
        assertThat(FileDifferences.difference(regular(7, 0100640), file))
                .contains("/data had 7 bytes and has 5 (" + file + ")");
        assertThat(FileDifferences.difference(regular(5, 0100755), file))
                .contains("/data had mode 755 and has 640 (" + file + ")");
        assertThat(FileDifferences.difference(regular(5, 040755), file))
                .contains("/data is a file of another type now (" + file + ")");
        assertThat(FileDifferences.difference(regular(5, 0100640), directory.resolve("gone")))
                .contains("/data is missing (" + directory.resolve("gone") + ")");
    }

    @Test
    void filesThatLostTheirNameOrAreNotTheContainersAreNotLookedFor() throws IOException {
        ImageFile.replace(
                directory.resolve("files.img"),
                ImageKind.FILES,
                List.of(
                        entry(named().setId(1).setName("/open").build()),
                        entry(named().setId(2).setName("/deleted").build()),
                        entry(named().setId(3).setName("/stdout").setExt(true).build()),
                        entry(named().setId(4).setName("/pipe:[stdout]").build())));
        ImageFile.replace(
                directory.resolve("remap-fpath.img"),
                ImageKind.FILE_REMAPS,
                List.of(FileRemap.newBuilder().setOrigId(2).setRemapId(1).build()));

        assertThat(OpenFiles.in(directory)).extracting(RegularFile::getName).containsExactly("/open");
    }

    @Test
    void aNameThatTheDumpHasMadeIsToldFromContentThatItHasSaved() throws IOException {
        assertThat(OpenFiles.haveNewNames(directory)).isFalse();
        remapAs(1);
        assertThat(OpenFiles.haveNewNames(directory)).isFalse();
        remapAs(0);
        assertThat(OpenFiles.haveNewNames(directory)).isTrue();
    }

    private void remapAs(int type) throws IOException {
        ImageFile.replace(
                directory.resolve("remap-fpath.img"),
                ImageKind.FILE_REMAPS,
                List.of(FileRemap.newBuilder()
                        .setOrigId(2)
                        .setRemapId(1)
                        .setRemapType(type)
                        .build()));
    }

    private static FileEntry entry(RegularFile file) {
        return FileEntry.newBuilder()
                .setType(1)
                .setId(file.getId())
                .setReg(file)
                .build();
    }

    private static RegularFile.Builder named() {
        return RegularFile.newBuilder()
                .setId(1)
                .setFlags(0)
                .setPos(0)
                .setFown(NOBODY)
                .setName("/data");
    }

    private static RegularFile regular(long size, int mode) {
        return named().setSize(size).setMode(mode).build();
    }

    @Test
    void timesAreKnownWhereTheyWereWritten() throws IOException {
        assertThat(OpenFileTimes.read(directory)).isEmpty();
        FileEntry entry = FileEntry.newBuilder()
                .setType(1)
                .setId(1)
                .setReg(named().setName("/data"))
                .build();
        OpenFileTimes.write(directory, List.of(entry), directory);
        assertThat(OpenFileTimes.read(directory)).containsOnlyKeys("/data");
        ImageFile.replace(directory.resolve("files.img"), ImageKind.FILES, List.of());
        long before = OpenFileTimes.read(directory).get("/data");

        assertThat(FileDifferences.differentTime("/data", before, file)).isEmpty();
        Files.setLastModifiedTime(file, FileTime.from(before + 1, TimeUnit.NANOSECONDS));
        assertThat(FileDifferences.differentTime("/data", before, file))
                .hasValueSatisfying(what ->
                        assertThat(what).startsWith("/data was changed at ").contains(", and before the checkpoint"));
        assertThat(FileDifferences.differentTime("/data", before, directory.resolve("gone")))
                .as("that it is missing is told otherwise")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[{\"name\":\"data\",\"mtime\":1}]", "[{\"name\":\"/data\"}]", "["})
    void timesOfAnotherFormAreRefused(String content) throws IOException {
        Files.writeString(directory.resolve(OpenFileTimes.NAME), content);
        assertThatThrownBy(() -> OpenFileTimes.read(directory))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("cannot read " + directory.resolve(OpenFileTimes.NAME) + ": ");
    }
}
