package io.jmigrate.archive.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseMapTest {
    @TempDir
    private Path directory;

    private SparseMap of(long size, long... places) throws IOException {
        Path path = directory.resolve("file");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long place : places) {
                file.write(ByteBuffer.wrap(new byte[] {1}), place);
            }
            if (file.size() < size) {
                file.write(ByteBuffer.allocate(1), size - 1);
            }
        }
        try (Fd fd = Descriptors.open(path)) {
            return SparseMap.of(fd, size);
        }
    }

    @Test
    void joinsWhatIsNotFarApart() throws IOException {
        SparseMap map = of(10 << 20, 5, 20_000, 1 << 20, (10 << 20) - 1);
        assertThat(map.extents())
                .containsExactly(
                        new Extent(0, 20_480),
                        new Extent(1 << 20, (1 << 20) + 4096),
                        new Extent((10 << 20) - 4096, 10 << 20));
        assertThat(map.holeBytes()).isEqualTo((10 << 20) - 20_480 - 2 * 4096);
    }

    /** However many holes there are, others read the map. */
    @Test
    void staysSmall() throws IOException {
        int step = 80 << 10;
        long[] places = new long[45_000];
        Arrays.setAll(places, i -> (long) i * step);
        SparseMap map = of(places[places.length - 1] + 1, places);
        assertThat(map.text().length).isLessThan(1 << 20);
        assertThat(map.dataBytes()).isLessThanOrEqualTo(map.size());
        assertThat(map.extents()).isNotEmpty();
    }

    @Test
    void isReadAsItIsWritten() throws IOException {
        SparseMap map = of(3 << 20, 7, 2 << 20);
        byte[] text = map.text();
        assertThat(text.length % 512).isZero();
        SparseMap.Read read = SparseMap.read(new ByteArrayInputStream(text), map.size(), text.length + map.dataBytes());
        assertThat(read.textBytes()).isEqualTo(text.length);
        assertThat(read.map().dataBytes()).isEqualTo(map.dataBytes());
        assertThat(read.map().extents()).startsWith(map.extents().toArray(Extent[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "'1 0 4', less than its pieces",
        "'1 0 11', do not fit",
        "'1 11 0', do not fit",
        "'2 0 2 1 1', do not fit",
        "'2 4 1 0 1', do not fit",
        "'1 9223372036854775807 9223372036854775807', do not fit",
        "'1 99999999999999999999 1', malformed",
        "'1 -1 1', malformed",
        "'x', malformed",
        "'', malformed",
        "'1 0 111111111111111111111', malformed",
        "'999999999', more than 40000 pieces",
        "'3 0 1', malformed",
    })
    void refusesMapsThatFitNothing(String numbers, String why) {
        byte[] text = Arrays.copyOf((numbers.replace(' ', '\n') + "\n").getBytes(StandardCharsets.US_ASCII), 512);
        assertThatThrownBy(() -> SparseMap.read(new ByteArrayInputStream(text), 10, 512 + 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void leavesNothingOutOfAFileWithLittleToLeaveOut() throws IOException {
        assertThat(of(50_000, 40_000)).isEqualTo(new SparseMap(List.of(new Extent(0, 50_000)), 50_000));
    }
}
