package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.AreaBits;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of processes with a stack at 0x1000 and another mapping at 0x8000. */
class ShadowStacksTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(7);
    private static final int PRIVATE_ANONYMOUS = 0x22;

    @TempDir
    private Path directory;

    private Path space(int status) throws IOException {
        Path file = directory.resolve("mm-7.img");
        try (ImageWriter writer = new ImageWriter(Files.newOutputStream(file), ImageKind.ADDRESS_SPACE)) {
            writer.write(AddressSpace.newBuilder()
                    .addVmas(mapping(0x1000, status))
                    .addVmas(mapping(0x8000, AreaBits.ANONYMOUS_PRIVATE))
                    .build());
        }
        return file;
    }

    private static MappingEntry mapping(long start, int status) {
        return MappingEntry.newBuilder()
                .setStart(start)
                .setEnd(start + PageRun.PAGE_BYTES)
                .setFlags(PRIVATE_ANONYMOUS)
                .setStatus(1 | status)
                .build();
    }

    private static PageRun page(long address) {
        return new PageRun(PROCESS, address, 1, PageContent.ABSENT_LAZY);
    }

    @Test
    void areFoundByTheStatusOfAMapping() throws IOException {
        space(AreaBits.SHADOW_STACK);
        assertThat(DumpedMappings.in(directory).shadowStack()).isTrue();
        space(AreaBits.STACK | AreaBits.ANONYMOUS_PRIVATE);
        assertThat(DumpedMappings.in(directory).shadowStack()).isFalse();
    }

    @Test
    void theirPagesDoNotComeLater() throws IOException {
        LazyMappings mappings = LazyMappings.read(space(AreaBits.SHADOW_STACK));

        assertThat(mappings.hold(page(0x1000))).isFalse();
        assertThat(mappings.hold(page(0x8000))).isTrue();
    }
}
