package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filesystem with times of whole seconds: ext4 whose inodes have 128 bytes. */
class CoarseTimesIT {
    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
        Path place = Files.createDirectory(directory.resolve("disk"));
        String made = said("mkfs.ext4", "-q", "-I", "128", image.toString());
        Assumptions.assumeTrue(made.isEmpty(), () -> "no such filesystem can be made: " + made);
        String mounted = said("mount", "-o", "loop", image.toString(), place.toString());
        Assumptions.assumeTrue(mounted.isEmpty(), () -> "no loop device: " + mounted);
        disk = place;
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (disk != null) {
            assertThat(said("umount", disk.toString())).isEmpty();
        }
    }

    /** Empty if it succeeds. */
    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said + " (" + process.exitValue() + ")";
    }

    @Test
    void whatIsWrittenInTheSameSecondIsSentAgain() throws IOException {
        CopiedTree tree = new CopiedTree(disk);
        Path file = tree.source.resolve("file");
        long before;
        long after;
        int tries = 0;
        do {
            Files.writeString(file, "first " + tries);
            before = changed(file);
            letTickPass(); // of other filesystems
            tree.pass();
            Files.writeString(file, "later " + tries);
            after = changed(file);
            tree.pass();
            assertThat(tree.target.resolve("file")).hasContent("later " + tries++);
        } while (before != after);
    }

    private static void letTickPass() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static long changed(Path file) throws IOException {
        return Stamp.of(file).ctimeNanos();
    }
}
