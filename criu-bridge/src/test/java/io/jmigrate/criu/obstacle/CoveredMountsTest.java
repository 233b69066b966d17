package io.jmigrate.criu.obstacle;

import static io.jmigrate.criu.obstacle.SeenTree.ROOT;
import static io.jmigrate.criu.obstacle.SeenTree.file;
import static io.jmigrate.criu.obstacle.SeenTree.process;
import static io.jmigrate.criu.obstacle.SeenTree.regular;
import static io.jmigrate.criu.obstacle.SeenTree.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.obstacle.ProcessParts.Mapping;
import io.jmigrate.criu.obstacle.ProcessParts.Place;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoveredMountsTest {
    /** As a container has them: kernel file systems, masked paths, volumes one in another. */
    private static final String USUAL = """
            500 499 254:0 / / rw - overlay overlay rw
            501 500 0:50 / /proc rw - proc proc rw
            502 501 0:51 / /proc/acpi ro - tmpfs tmpfs rw
            503 500 0:52 / /data rw - ext4 /dev/vda rw
            504 503 0:53 / /data/inner rw - ext4 /dev/vdb rw
            505 500 0:54 / /database rw - ext4 /dev/vdc rw
            """;

    /** The first is covered by one on the same place, the second by one above it that came later. */
    private static final String COVERED = USUAL + """
            506 503 0:55 / /data rw - tmpfs tmpfs rw
            507 500 0:56 / /srv/deep rw - tmpfs tmpfs rw
            508 507 0:57 / /srv/deep/er rw - tmpfs tmpfs rw
            509 500 0:58 / /srv rw - tmpfs tmpfs rw
            """;

    private final SeenTree seen = new SeenTree();

    @Test
    void noneIsWhereMountsLieBesideEachOtherOrOneInAnother() {
        assertThat(covered(USUAL)).isEmpty();
    }

    @Test
    void thoseBelowAnotherAreFoundWithAllThatIsOnThem() {
        assertThat(covered(COVERED)).containsExactly(503, 504, 507, 508);
    }

    @Test
    void theKernelsFirstMountDoesNotCoverItself() {
        String first = "1 1 0:2 / / rw - rootfs rootfs rw\n2 1 0:50 / /proc rw - proc proc rw\n";
        assertThat(covered(first)).isEmpty();
        assertThat(covered(first + "3 1 0:51 / / rw - tmpfs tmpfs rw\n")).containsExactly(1, 2);
    }

    private static List<Integer> covered(String mountinfo) {
        List<MountInfo> mounts = MountInfo.parse(mountinfo);
        CoveredMounts covered = new CoveredMounts(mounts);
        assertThat(covered.contains(4711)).isFalse(); // of another namespace
        return mounts.stream().map(MountInfo::id).filter(covered::contains).toList();
    }

    @Test
    void filesOnThemAreNamed() {
        seen.otherMounts = MountInfo.parse(COVERED);
        ProcessParts parts = new ProcessParts(
                Map.of(),
                Map.of(),
                List.of(new Place("working directory", "/srv/deep", regular(2, 0, 507))),
                List.of(new Mapping("/data/lib.so", regular(1, 0, 503)), new Mapping("/bin/sh", regular(1, 0, 500))),
                false);

        assertThat(seen.found(with(parts, process(ROOT, 1, "sh", file(3, "/data/a", 503), file(4, "/data/b", 506)))))
                .containsExactly(
                        "process 40 (sh) holds /data/a (descriptor 3), on a mount that another one covers",
                        "process 40 (sh) has /data/lib.so in its memory (mmap(2)), on a mount that another one covers",
                        "the working directory of process 40 (sh) is /srv/deep, on a mount that another one covers");
    }
}
