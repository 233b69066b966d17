package io.jmigrate.criu.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootModeTest {
    @TempDir
    private Path images;

    @TempDir
    private Path rootfs;

    @BeforeEach
    void mode() throws IOException {
        Files.setPosixFilePermissions(rootfs, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    private static FileEntry file(String name, int mode, int mount) {
        return FileEntry.newBuilder()
                .setType(1)
                .setId(1)
                .setReg(RegularFile.newBuilder()
                        .setId(1)
                        .setFlags(0)
                        .setPos(0)
                        .setFown(FileOwner.newBuilder()
                                .setUid(0)
                                .setEuid(0)
                                .setSignum(0)
                                .setPidType(0)
                                .setPid(0))
                        .setName(name)
                        .setMntId(mount)
                        .setMode(mode))
                .build();
    }

    private Optional<RootMode> differing(FileEntry... entries) throws IOException {
        ImageFile.replace(images.resolve("files.img"), ImageKind.FILES, Arrays.asList(entries));
        return RootMode.differing(images, rootfs);
    }

    @Test
    void takesTheModeThatIsThereForTheRootAlone() throws IOException {
        FileEntry root = file("/", 040755, 3);
        FileEntry other = file("/etc", 040755, 3);
        RootMode mode = differing(root, other).orElseThrow();
        assertThat(mode).hasToString("mode 555, and had mode 755 when it was dumped");
        assertThat(mode.taken(root)).isEqualTo(file("/", 040555, 3));
        assertThat(mode.taken(other)).isEqualTo(other);
    }

    @Test
    void thereIsNoneWhereItIsTheSameOrNotKnown() throws IOException {
        assertThat(differing(file("/", 040555, 3))).isEmpty();
        assertThat(differing(file("/etc", 040755, 3))).isEmpty();
        assertThat(differing(file("/", 0100755, 3))).isEmpty();
        assertThat(differing(file("/", 040755, 3), file("/", 040755, 4))).isEmpty();
    }
}
