package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoTest {
    @Test
    void readsALineWithAndWithoutOptionalFields() {
        List<MountInfo> mounts = MountInfo.parse("""
                36 35 98:0 /mnt1 /mnt\\0402 rw,noatime shared:1 master:2 - ext3 /dev/root rw,errors=continue
                40 36 0:5 / /proc rw - proc proc rw
                """);
        assertThat(mounts).hasSize(2);
        assertThat(mounts.getFirst())
                .isEqualTo(new MountInfo(
                        36,
                        35,
                        98,
                        0,
                        "/mnt1",
                        "/mnt 2",
                        "rw,noatime",
                        List.of("shared:1", "master:2"),
                        "ext3",
                        "/dev/root",
                        "rw,errors=continue"));
        assertThat(mounts.getLast().optionalFields()).isEmpty();
    }

    @Test
    void readsTheMountsOfThisProcess() {
        assertThat(MountInfo.ofSelf()).extracting(MountInfo::mountPoint).contains("/", "/proc");
    }
}
