package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.MarkFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpMarkTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void saysWhatTheContainerWasAndWhoDumpsIt(DumpMark.Before before) {
        DumpMark mark = new DumpMark(new MarkFile(directory.resolve("dump")));
        DumpMark.Content content = new DumpMark.Content(before, new ProcessRef(4711, 8_123_456_789L));
        mark.write(new DumpMark.Content(DumpMark.Before.RUNNING, new ProcessRef(1, 1)));
        mark.write(content);

        assertThat(mark.read()).contains(content);
        assertThat(directory).isDirectoryContaining("glob:**/dump").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void isGoneWhenItWasRemovedAndRemovingItAgainIsHarmless() {
        DumpMark mark = new DumpMark(new MarkFile(directory.resolve("dump")));
        assertThat(mark.read()).isEmpty();
        mark.write(new DumpMark.Content(DumpMark.Before.RUNNING, new ProcessRef(1, 1)));
        mark.remove();
        mark.remove();

        assertThat(mark.read()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
