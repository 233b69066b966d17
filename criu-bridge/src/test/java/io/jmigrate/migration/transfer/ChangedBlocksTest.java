package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.runtime.linux.FileSpace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a large file that the peer has, what has changed is sent, and nothing else. */
class ChangedBlocksTest {
    private static final int SIZE = 4 << 20;
    private static final int BLOCK = 16 << 10;

    @TempDir
    private Path directory;

    private CopiedTree tree;
    private Path file;

    @BeforeEach
    void sendOnce() throws IOException {
        tree = new CopiedTree(directory);
        file = tree.source.resolve("large");
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Files.write(file, content);
        assertThat(tree.pass()).isEqualTo(SIZE);
    }

    private void write(long offset, int... values) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            for (int value : values) {
                open.write(value);
            }
        }
    }

    private void isTheSame() throws IOException {
        assertThat(TreeText.of(tree.target)).isEqualTo(TreeText.of(tree.source));
    }

    @Test
    void blocksThatWereWrittenAreSent() throws IOException {
        write(5, 1);
        write(BLOCK * 50 - 1, 2, 3);
        assertThat(tree.pass()).isEqualTo(3 * BLOCK);
        isTheSame();
        assertThat(tree.sender.moved()).isEqualTo(new FilesMoved(SIZE, 3 * BLOCK, 0));
        assertThat(tree.receiver.moved()).isEqualTo(tree.sender.moved());
    }

    @Test
    void nothingIsSentOfAFileThatOnlyMayHaveChanged() throws IOException {
        await().until(() -> Stamp.of(file).settled());
        tree.pass();
        tree.sender.distrust(Set.of(Stamp.of(file).key()));
        assertThat(tree.pass()).isZero();
        write(7, 7);
        assertThat(tree.pass()).isEqualTo(BLOCK);
        isTheSame();
    }

    @Test
    void nothingIsSentOfAFileThatEndsWithinABlock() throws IOException {
        write(SIZE, 1, 2, 3);
        assertThat(tree.pass()).isEqualTo(3);
        tree.sender.distrust(Set.of(Stamp.of(file).key()));
        assertThat(tree.pass()).isZero();
        isTheSame();
    }

    @Test
    void aFileThatWasCutAndGrowsAgainHasZerosInBetween() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(SIZE / 2 + 100);
            assertThat(tree.pass()).isLessThanOrEqualTo(BLOCK);
            isTheSame();
            open.setLength(SIZE);
            assertThat(tree.pass()).isLessThanOrEqualTo(BLOCK);
            isTheSame();
            open.setLength(100);
            tree.pass();
            isTheSame();
        }
    }

    @Test
    void zerosAndHolesTakeTheRoomOfWhatTheyReplace() throws IOException {
        write(0, new int[SIZE / 2]);
        assertThat(tree.pass()).isZero();
        isTheSame();
        assertThat(FileSpace.of(tree.target.resolve("large"))).isLessThan(SIZE / 2 + (1 << 20));
    }

    @Test
    void aFileThatHasReplacedItIsComparedWithIt() throws IOException {
        Path other = Files.copy(file, tree.source.resolve("other"));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        write(BLOCK, 9);
        assertThat(tree.pass()).isEqualTo(BLOCK);
        isTheSame();
    }

    @Test
    void aFileThatHasReplacedOneOfTwoNamesLeavesTheOther() throws IOException {
        Files.createLink(tree.source.resolve("second"), file);
        assertThat(tree.pass()).isZero();
        isTheSame();
        Path other = Files.copy(file, tree.source.resolve("zother"));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        write(BLOCK, 9);
        tree.pass();
        isTheSame();
    }

    @Test
    void anotherNameBeforeItIsALinkToWhatThePeerHas() throws IOException {
        Files.createLink(tree.source.resolve("before"), file);
        write(BLOCK, 9);
        assertThat(tree.pass()).isEqualTo(BLOCK);
        isTheSame();
    }
}
