package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts is what is there, and not what was sent again in its place. */
class MountRoomTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path mount;

    @Test
    void theSameBytesCanBeWrittenAgain() throws IOException {
        long taken = Files.getFileStore(mount).getTotalSpace()
                - Files.getFileStore(mount).getUnallocatedSpace();
        MountRoom room = new MountRoom(taken + 512L * MIB); // others may use this disk meanwhile
        room.add(mount);
        for (int time = 0; time < 20; time++) {
            assertThatCode(() -> room.content(64L * MIB)).doesNotThrowAnyException();
        }
    }

    @Test
    void moreIsRefused() throws IOException {
        MountRoom room = new MountRoom(MIB);
        room.add(mount);
        assertThatThrownBy(() -> room.content(1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_REFUSED))
                .hasMessageContaining("more than 1 MiB");
    }

    /** The kernel does not count them. */
    @Test
    void attributesAreNotGivenBack() {
        MountRoom room = new MountRoom(4L * MIB);
        for (int time = 0; time < 20; time++) {
            room.content(3L * MIB); // nothing is mounted that it would take
        }
        room.attributes(3L * MIB);
        room.content(MIB);
        assertThatThrownBy(() -> room.content(3L * MIB)).hasMessageContaining("more than 4 MiB");
        assertThatThrownBy(() -> room.attributes(2L * MIB)).hasMessageContaining("more than 4 MiB");
    }

    @Test
    void oneWithoutALimitIsRefusedWhereThereIsOne() {
        assertThatThrownBy(() -> new MountRoom(MIB).add(Path.of("/proc")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no limit");
        assertThatCode(() -> new MountRoom(Long.MAX_VALUE).add(Path.of("/proc")))
                .doesNotThrowAnyException();
    }
}
