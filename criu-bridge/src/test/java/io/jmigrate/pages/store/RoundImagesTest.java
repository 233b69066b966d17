package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundImagesTest {
    @TempDir
    Path directory;

    private static void fill(PageSink sink) {
        try (sink) {
            sink.open(new PageTarget.ProcessMemory(1));
            sink.finish();
        }
    }

    @Test
    void makesEachRoundTheParentOfTheNext() {
        RoundImages images = new RoundImages(directory);

        fill(images.nextRound());
        fill(images.nextRound());
        fill(images.lastRound());

        assertThat(directory.resolve("round-1/pagemap-1.img")).exists();
        assertThat(directory.resolve("round-1/parent")).doesNotExist();
        assertThat(directory.resolve("round-2/parent").resolve("pagemap-1.img")).exists();
        assertThat(directory.resolve("parent/parent/pagemap-1.img")).exists();
        assertThat(directory.resolve("pagemap-1.img")).exists();
    }

    @Test
    void needsNoParentIfThereIsOneRound() {
        fill(new RoundImages(directory).lastRound());

        assertThat(directory.resolve("pagemap-1.img")).exists();
        assertThat(directory.resolve("parent")).doesNotExist();
    }

    @Test
    void refusesRoundsWithoutEnd() {
        RoundImages images = new RoundImages(directory);
        for (int i = 0; i < 16; i++) {
            fill(images.nextRound());
        }

        assertThatThrownBy(images::nextRound).isInstanceOf(Failure.class).hasMessageContaining("16 rounds");
    }
}
