package io.jmigrate.pages.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedObjectsTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    private static Optional<SharedObject> of(String line) {
        return SharedObjects.ofLine(7, line, "00:01").map(SharedObjects.Named::object);
    }

    @Test
    void theKernelsOwnFilesystemHoldsThem() {
        assertThat(of("7f10a000-7f20a000 rw-s 00000000 00:01 1027                       /dev/zero (deleted)"))
                .contains(new SharedObject(new SharedMemory(1027), Path.of("/proc/7/map_files/7f10a000-7f20a000")));
        assertThat(of("00400000-00402000 r--s 00001000 00:01 32769 /SYSV00000000 (deleted)"))
                .contains(new SharedObject(new SharedMemory(32769), Path.of("/proc/7/map_files/400000-402000")));
    }

    @Test
    void whatIsPrivateOrOfAnotherFilesystemIsNoneOfThem() {
        assertThat(of("7f10a000-7f20a000 rw-p 00000000 00:01 1027 /dev/zero (deleted)"))
                .isEmpty();
        assertThat(of("7f10a000-7f20a000 rw-s 00000000 00:19 1027 /dev/shm/zero"))
                .isEmpty();
        assertThat(of("7f10a000-7f20a000 rw-p 00000000 00:00 0 ")).isEmpty();
    }

    @Test
    void criuKeepsHalfOfAMemfdsNumber() {
        assertThat(of("400000-402000 rw-s 00000000 00:01 4294967301 /memfd:x (deleted)")
                        .map(SharedObject::memory))
                .contains(new SharedMemory(5));
    }

    @Test
    void eachIsFoundOnceHoweverOftenItIsMapped() throws IOException {
        try (Fd file = Descriptors.memfd("twice", ByteBuffer.allocate(8192), false)) {
            Path path = Path.of("/proc/self/fd/" + file.number());
            long inode = ((Number) Files.getAttribute(path, "unix:ino")).longValue();
            SharedMemory memory = new SharedMemory(inode & 0xffff_ffffL);
            assertThat(SharedObjects.of(List.of(SELF)))
                    .noneMatch(object -> object.memory().equals(memory));
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var first = channel.map(MapMode.READ_WRITE, 0, 4096);
                var second = channel.map(MapMode.READ_WRITE, 4096, 4096);
                assertThat(SharedObjects.of(List.of(SELF, SELF)))
                        .filteredOn(object -> object.memory().equals(memory))
                        .hasSize(1);
                assertThat(first.get(0) + second.get(0)).isZero();
            }
        }
    }

    @Test
    void aProcessThatHasEndedHasNone() {
        assertThat(SharedObjects.of(List.of(Integer.MAX_VALUE))).isEmpty();
    }
}
