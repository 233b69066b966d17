package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.UnreadableName;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.migration.transfer.Stamp;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesIT {
    private static final int BYTES = 4096;

    @TempDir
    Path directory;

    private FileKey file(String name) throws IOException {
        return Stamp.of(Files.write(directory.resolve(name), new byte[BYTES])).key();
    }

    private void map(String name, MapMode mode, Arena arena, StandardOpenOption... options) throws IOException {
        map(directory.resolve(name), mode, arena, options);
    }

    private static void map(Path file, MapMode mode, Arena arena, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            channel.map(mode, 0, BYTES, arena);
        }
    }

    private static List<FileKey> mapped() {
        return List.copyOf(MappedFiles.of(List.of((int) ProcessHandle.current().pid(), Integer.MAX_VALUE)));
    }

    @Test
    void findsWhatMayBeWrittenThroughAMapping() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "the links in map_files are for root");
        FileKey written = file("written");
        FileKey readByAWriter = file("read-by-a-writer");
        FileKey read = file("read");
        FileKey copied = file("copied");
        try (Arena arena = Arena.ofConfined()) {
            map("written", MapMode.READ_WRITE, arena, StandardOpenOption.READ, StandardOpenOption.WRITE);
            map("read-by-a-writer", MapMode.READ_ONLY, arena, StandardOpenOption.READ, StandardOpenOption.WRITE);
            map("read", MapMode.READ_ONLY, arena, StandardOpenOption.READ);
            map("copied", MapMode.PRIVATE, arena, StandardOpenOption.READ, StandardOpenOption.WRITE);

            assertThat(mapped()).contains(written, readByAWriter).doesNotContain(read, copied);
        }
        assertThat(mapped()).doesNotContain(written, readByAWriter);
    }

    @Test
    void namesThatAreNotTextHideNothing() throws Exception {
        assumeTrue(Processes.effectiveUid() == 0, "the links in map_files are for root");
        FileKey written = file("written");
        Path unreadable = UnreadableName.in(Files.createDirectory(directory.resolve("below")));
        try (Arena arena = Arena.ofConfined()) {
            map("written", MapMode.READ_WRITE, arena, StandardOpenOption.READ, StandardOpenOption.WRITE);
            map(unreadable, MapMode.READ_WRITE, arena, StandardOpenOption.READ, StandardOpenOption.WRITE);

            assertThat(mapped()).contains(written, Stamp.of(unreadable).key());
        }
    }
}
