package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameRoomTest {
    private static final NameRoom ROOM = new NameRoom(512 << 20);

    private static ContainerSize names(long rootfs, long mounts) {
        return new ContainerSize(0, 0, rootfs, 0, mounts);
    }

    @Test
    void isThereForUsualContainers() {
        assertThat(ROOM.obstacle(names(0, 0))).isEmpty();
        assertThat(ROOM.obstacle(names(800_000, 100_000))).isEmpty();
    }

    @Test
    void isNotThereForAnyNumberOfThem() {
        assertThat(ROOM.obstacle(names(1_000_000, 300_000))).hasValueSatisfying(check -> assertThat(check.sentence())
                .contains("at the source", "1300000 names", "room for 1193046 at most", "-Xmx"));
    }
}
