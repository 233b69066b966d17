package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreRemainsTest {
    @TempDir
    private Path work;

    @Test
    void removesTheDirectoriesOfAKilledCriu() throws IOException {
        Path yard = Files.createDirectory(work.resolve(".criu.cgyard.gGOAm8"));
        String random = HexFormat.of().toHexDigits(new Random().nextInt(1 << 24), 6);
        Path root = Files.createDirectory(Path.of("/tmp/.criu.mntns." + random));
        Path log = Files.writeString(
                work.resolve("restore.log"),
                "(00.082361) mnt: \t\tWill mount 65 from /\n(00.082366) mnt: \t\tWill mount 65 @ " + root
                        + "/mnt-0000000065 /sys/firmware\n");

        RestoreRemains.remove(log);

        assertThat(yard).doesNotExist();
        assertThat(root).doesNotExist();
        assertThat(log).exists();
    }

    @Test
    void removesNothingOfAnotherOneInTheSameDirectory() throws IOException {
        Path yard = Files.createDirectory(work.resolve(".criu.cgyard.gGOAm8"));
        Path other = Files.createDirectory(work.resolve(".criu.cgyard.aNqMqe"));
        Path log = Files.writeString(
                work.resolve("restore.log"), "(00.103448) cg: Opening " + yard.getFileName() + " as cg yard\n");

        RestoreRemains.removeNamed(log);
        RestoreRemains.removeNamed(log);

        assertThat(yard).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void removesNothingThatATreeHasNamed() throws IOException {
        Path other = Files.createDirectory(work.resolve("empty"));
        Path log = Files.writeString(
                work.resolve("restore.log"),
                "(00.1) mnt: Will mount 65 @ " + other + "/x /y\nmnt: Will mount 1 @ " + other);

        RestoreRemains.remove(log);

        assertThat(other).exists();
    }

    @Test
    void isContentWithARestoreThatNeverBegan() {
        RestoreRemains.remove(work.resolve("none/restore.log"));
        assertThat(work.resolve("none")).doesNotExist();
    }
}
