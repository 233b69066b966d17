package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {
    @TempDir
    private Path root;

    @Test
    void countsNamesAndWhatTheirContentTakes() throws IOException {
        Path file = Files.write(Files.createDirectories(root.resolve("a/b")).resolve("file"), new byte[1 << 20]);
        Files.createLink(root.resolve("again"), file);
        Files.createSymbolicLink(root.resolve("out"), Path.of("/usr"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        Measure.Tree tree = Measure.tree(root);
        assertThat(tree.entries()).isEqualTo(7);
        assertThat(tree.bytes()).isBetween(1L << 20, 2L << 20);
    }

    @ParameterizedTest
    @CsvSource({"100, 300, 50, 100", "900, 300, 50, 350", "0, 300, 50, 0"})
    void noMoreIsLockedThanAProcessHasForItself(int locked, int resident, int swapped, int counted) {
        ProcStatus status =
                new ProcStatus("VmLck:\t%d kB\nRssAnon:\t%d kB\nVmSwap:\t%d kB\n".formatted(locked, resident, swapped));

        assertThat(Measure.locked(status)).isEqualTo(counted * 1024L);
    }

    /** Parts of a file with holes: a MiB here and one there. */
    @Test
    void countsWhatLiesBetweenHoles() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            for (long at : List.of(16L << 20, 64L << 20)) {
                sparse.seek(at);
                sparse.write(new byte[1 << 20]);
            }
            sparse.setLength(1L << 30);
        }
        assertThat(Measure.tree(root).bytes()).isBetween(2L << 20, 3L << 20);
    }

    @Test
    void countsMemoryOfProcessesAndNothingOfThoseThatHaveEnded() {
        long here = Measure.memory(List.of((int) ProcessHandle.current().pid()));
        assertThat(here).isGreaterThan(1 << 20);
        assertThat(Measure.memory(List.of(Integer.MAX_VALUE))).isZero();
    }
}
