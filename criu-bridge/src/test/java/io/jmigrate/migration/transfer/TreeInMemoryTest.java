package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A filesystem in memory, where who writes through a mapping can leave no trace but what was written. */
class TreeInMemoryTest {
    private static final int BLOCK = 16 << 10;
    private static final int PAGE = 4096;

    /** Where tmpfs is for all. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("/dev/shm"), "jmigrate-test");
        }
    }

    @TempDir(factory = InMemory.class)
    private Path directory;

    private CopiedTree tree;

    @BeforeEach
    void make() throws IOException {
        tree = new CopiedTree(directory, (source, data) -> TreeSender.ofMemory(source, data, _ -> {}));
        Files.write(tree.source.resolve("large"), new byte[4 * BLOCK]);
        Files.writeString(tree.source.resolve("small"), "as it was");
        Files.createFile(tree.source.resolve("empty"));
        await().until(() -> Stamp.of(tree.source.resolve("empty")).settled());
        tree.pass();
        tree.pass();
    }

    private void writeThroughMapping(String name, long offset) throws IOException {
        Path file = tree.source.resolve(name);
        Stamp before = Stamp.of(file);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena mapped = Arena.ofConfined()) {
            MemorySegment content = open.map(MapMode.READ_WRITE, 0, open.size(), mapped);
            assertThat(content.get(ValueLayout.JAVA_BYTE, offset))
                    .isNotEqualTo((byte) 'X'); // a page that was read is there to be written
            content.set(ValueLayout.JAVA_BYTE, offset, (byte) 'X');
        }
        assertThat(Stamp.of(file).looksUnlike(before)).isFalse();
    }

    @Test
    void whatNoTimeTellsOfIsSentWhenTheTreeStandsStill() throws IOException {
        writeThroughMapping("large", 2 * BLOCK);
        writeThroughMapping("small", 0);
        assertThat(tree.pass()).isZero();
        tree.sender.standing();
        assertThat(tree.pass()).isEqualTo(PAGE + "as it was".length()); // the rest of the block are zeros
        assertThat(TreeText.of(tree.target)).isEqualTo(TreeText.of(tree.source));
    }

    @Test
    void nothingIsSaidOfFilesThatAreTheSame() {
        tree.sender.standing();
        long before = tree.sender.messages();
        assertThat(tree.pass()).isZero();
        assertThat(tree.sender.messages()).isEqualTo(before + 1); // the empty one, of which nothing is noted
    }

    @Test
    void whatLiesOnAnotherDeviceIsNotThere() throws IOException {
        Path devices = Path.of("/dev");
        Stamp root = Stamp.of(devices);
        assertThat(Stamp.of(devices.resolve("shm")).device()).isNotEqualTo(root.device());
        assertThat(TreeWalk.ofDevice(devices).found())
                .doesNotContainKey("shm")
                .allSatisfy((_, stamp) -> assertThat(stamp.device()).isEqualTo(root.device()));
    }
}
