package io.jmigrate.criu.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.DumpFigures;
import io.jmigrate.criu.image.entry.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenMemoryTest {
    private static final TakenMemory MEMORY = new TakenMemory(64 << 20, 20_000_000);

    @TempDir
    Path directory;

    @Test
    void takesThePlaceOfCriusStatistics() throws IOException {
        Path file = Files.writeString(
                directory.resolve("stats-dump"), "what CRIU had counted, which is longer than what comes");

        MEMORY.tell(directory, 50_000_000);

        DumpFigures figures = ImageFile.read(file, ImageKind.STATISTICS, Statistics.parser())
                .getFirst()
                .getDump();
        assertThat(figures.getFrozenTime()).isEqualTo(50_000);
        assertThat(figures.getMemdumpTime()).isEqualTo(20_000);
        assertThat(figures.getPagesWritten()).isEqualTo(16 << 10);
    }

    @Test
    void addsNoneWhereCriuHasNone() {
        MEMORY.tell(directory, 1);
        assertThat(directory).isEmptyDirectory();
    }
}
