package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.MountInfo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mount options do, seen from inside and from the host. */
class ContainerMountsIT {
    private RealHost host;
    private TestBundle bundle;

    @BeforeEach
    void openHost() {
        host = RealHost.open();
        bundle = host.bundle();
    }

    @AfterEach
    void closeHost() {
        if (host != null) {
            host.close();
        }
    }

    private ObjectNode mount(String destination, String type, String source, String... options) {
        ObjectNode[] made = new ObjectNode[1];
        bundle.changed(config -> {
            made[0] = config.withArray("mounts").addObject();
            made[0].put("destination", destination).put("type", type).put("source", source);
            List.of(options).forEach(made[0].putArray("options")::add);
        });
        return made[0];
    }

    private static List<String> options(List<MountInfo> mounts, String point) {
        return mounts.stream()
                .filter(mount -> mount.mountPoint().equals(point))
                .map(mount -> List.of(mount.options().split(",")))
                .toList()
                .getLast();
    }

    private List<MountInfo> mountsOf(ContainerRecord record) {
        return MountInfo.ofProcess(record.state().init().orElseThrow().pid());
    }

    @Test
    void changesAWholeTreeAndNothingOnTheHost() {
        List<String> before = options(MountInfo.ofSelf(), "/dev/shm");
        mount("/tree", "none", "/dev", "rbind", "rro", "rnoexec", "rnosuid", "rstrictatime");
        mount("/top", "none", "/dev", "rbind", "ro");

        List<MountInfo> mounts = mountsOf(host.start(bundle));

        for (String point : List.of("/tree", "/tree/shm", "/tree/pts")) {
            assertThat(options(mounts, point))
                    .as(point)
                    .contains("ro", "noexec", "nosuid")
                    .doesNotContain("relatime");
        }
        assertThat(options(mounts, "/top")).contains("ro");
        assertThat(options(mounts, "/top/shm")).contains("rw");
        assertThat(options(MountInfo.ofSelf(), "/dev/shm")).isEqualTo(before);
    }

    @Test
    void takesAttributesAwayFromAWholeTree() {
        mount("/closed", "tmpfs", "tmpfs", "nosuid", "nodev", "noexec", "noatime", "ro");
        mount("/open", "tmpfs", "tmpfs", "nosuid", "nodev", "noexec", "noatime", "rsuid", "rdev", "rexec", "ratime");

        List<MountInfo> mounts = mountsOf(host.start(bundle));

        assertThat(options(mounts, "/closed")).containsExactly("ro", "nosuid", "nodev", "noexec", "noatime");
        assertThat(options(mounts, "/open")).containsExactly("rw", "relatime");
    }

    @Test
    void followsNoLinkWhereItIsToldSo() {
        mount("/strict", "tmpfs", "tmpfs", "nosymfollow");
        mount("/tree", "tmpfs", "tmpfs", "rnosymfollow");
        mount("/open", "tmpfs", "tmpfs");
        Path busybox = Path.of("/bin/busybox");

        assertThat(host.run(bundle.shell("for d in /strict /tree /open; do busybox ln -s " + busybox
                                + " $d/link; test -r $d/link && echo $d; done"))
                        .output())
                .containsExactly("/open");
    }
}
