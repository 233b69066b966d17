package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of address spaces, as CRIU writes them. */
class DumpedMappingsTest {
    private static final long DONT_DUMP = 1L << 16;
    private static final long WIPE_ON_FORK = 1L << 18;

    @TempDir
    private Path directory;

    private static MappingEntry.Builder mapping(long start, long end) {
        return MappingEntry.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setFlags(0x22)
                .setStatus(1);
    }

    private void space(int process, MappingEntry.Builder... mappings) throws IOException {
        AddressSpace.Builder space = AddressSpace.newBuilder();
        for (MappingEntry.Builder mapping : mappings) {
            space.addVmas(mapping);
        }
        try (OutputStream file = Files.newOutputStream(directory.resolve("mm-" + process + ".img"));
                ImageWriter writer = new ImageWriter(file, ImageKind.ADDRESS_SPACE)) {
            writer.write(space.build());
        }
    }

    @Test
    void wipedAreThoseWithThatAdviceOfAllProcesses() throws IOException {
        space(
                1,
                mapping(0x1000, 0x3000),
                mapping(0x3000, 0x5000).setMadv(WIPE_ON_FORK | DONT_DUMP),
                mapping(0x5000, 0x6000).setMadv(DONT_DUMP));
        space(22, mapping(0x8000, 0x9000).setMadv(WIPE_ON_FORK));

        assertThat(DumpedMappings.in(directory).wiped())
                .containsExactlyInAnyOrder(
                        new WipedRange(new ProcessMemory(1), 0x3000, 0x5000),
                        new WipedRange(new ProcessMemory(22), 0x8000, 0x9000));
    }

    @Test
    void anImageThatCannotBeReadIsAFailure() throws IOException {
        Files.writeString(directory.resolve("mm-1.img"), "no image");

        assertThatThrownBy(() -> DumpedMappings.in(directory))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_IO));
    }
}
