package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupHierarchiesTest {
    private static final String HYBRID_MOUNTS = """
            22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
            30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            36 30 0:33 / /sys/fs/cgroup/freezer rw,relatime shared:7 - cgroup cgroup rw,freezer
            39 30 0:36 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
            40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;
    private static final String HYBRID_CGROUPS = """
            9:name=systemd:/
            6:freezer:/
            4:memory:/jobs/one
            1:cpu,cpuacct:/
            0::/
            """;
    private static final String UNIFIED_MOUNTS = "30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

    private static Path place(CgroupHierarchies hierarchies, String controller, String cgroupsPath) {
        return hierarchies
                .place(Optional.of(cgroupsPath), "web")
                .ofController(controller)
                .orElseThrow();
    }

    @Test
    void putsAContainerBelowItsCallerWhenNothingIsSaid() {
        CgroupPaths paths = parse(HYBRID_MOUNTS, HYBRID_CGROUPS).place(Optional.empty(), "web");

        assertThat(paths.ofController("memory")).hasValue(Path.of("/sys/fs/cgroup/memory/jobs/one/web"));
        assertThat(paths.ofController("freezer")).hasValue(Path.of("/sys/fs/cgroup/freezer/web"));
        assertThat(paths.unified()).hasValue(Path.of("/sys/fs/cgroup/unified/web"));
        assertThat(paths.isUnified()).isFalse();
    }

    @Test
    void passesOverWhatARestoreThatRunsHasMountedForItself() {
        String passing = "50 22 0:41 / /images/.criu.cgyard.UxU2RM/net_cls rw - cgroup cgroup rw,net_cls\n"
                + "51 22 0:31 / /images/.criu.cgyard.UxU2RM/memory rw - cgroup cgroup rw,memory\n";
        CgroupPaths paths =
                parse(passing + HYBRID_MOUNTS, HYBRID_CGROUPS + "3:net_cls:/\n").place(Optional.empty(), "web");

        assertThat(paths.ofController("net_cls")).isEmpty();
        assertThat(paths.ofController("memory")).hasValue(Path.of("/sys/fs/cgroup/memory/jobs/one/web"));
    }

    @Test
    void namesEveryHierarchyOnce() {
        CgroupPaths paths = parse(HYBRID_MOUNTS, HYBRID_CGROUPS).place(Optional.empty(), "web");

        assertThat(paths.places())
                .extracting(CgroupPlace::mountPoint)
                .containsExactly(
                        Path.of("/sys/fs/cgroup/systemd"),
                        Path.of("/sys/fs/cgroup/freezer"),
                        Path.of("/sys/fs/cgroup/memory"),
                        Path.of("/sys/fs/cgroup/cpu,cpuacct"),
                        Path.of("/sys/fs/cgroup/unified"));
    }

    @Test
    void putsAnAbsolutePathBelowTheTopOfEachHierarchy() {
        CgroupHierarchies hierarchies = parse(HYBRID_MOUNTS, HYBRID_CGROUPS);

        assertThat(place(hierarchies, "memory", "/pods/web")).isEqualTo(Path.of("/sys/fs/cgroup/memory/pods/web"));
        assertThat(place(hierarchies, "cpuacct", "/pods/web"))
                .isEqualTo(Path.of("/sys/fs/cgroup/cpu,cpuacct/pods/web"));
    }

    @Test
    void putsARelativePathBelowTheCaller() {
        CgroupHierarchies hierarchies = parse(HYBRID_MOUNTS, HYBRID_CGROUPS);

        assertThat(place(hierarchies, "memory", "pods/web"))
                .isEqualTo(Path.of("/sys/fs/cgroup/memory/jobs/one/pods/web"));
    }

    @Test
    void neverLeavesTheHierarchyUpwards() {
        CgroupHierarchies hierarchies = parse(HYBRID_MOUNTS, HYBRID_CGROUPS);

        assertThat(place(hierarchies, "memory", "../../../up")).isEqualTo(Path.of("/sys/fs/cgroup/memory/jobs/one/up"));
        assertThat(place(hierarchies, "memory", "/../../up")).isEqualTo(Path.of("/sys/fs/cgroup/memory/up"));
    }

    @Test
    void goesBesideTheCallerWhereVersion2HoldsEverything() {
        CgroupHierarchies hierarchies = parse(UNIFIED_MOUNTS, "0::/user.slice/session.scope\n");

        assertThat(hierarchies.isUnified()).isTrue();
        assertThat(hierarchies.place(Optional.empty(), "web").unified())
                .hasValue(Path.of("/sys/fs/cgroup/user.slice/web"));
        assertThat(hierarchies.place(Optional.of("/a/web"), "web").unified()).hasValue(Path.of("/sys/fs/cgroup/a/web"));
    }

    @Test
    void staysBelowTheTopThatACallerAtTheTopSees() {
        CgroupHierarchies hierarchies = parse(UNIFIED_MOUNTS, "0::/\n");

        assertThat(hierarchies.place(Optional.empty(), "web").unified()).hasValue(Path.of("/sys/fs/cgroup/web"));
    }

    @Test
    void subtractsWhatTheMountHides() {
        String mounts = "34 30 0:31 /jobs /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

        assertThat(parse(mounts, "4:memory:/jobs/one\n")
                        .place(Optional.empty(), "web")
                        .ofController("memory"))
                .hasValue(Path.of("/sys/fs/cgroup/memory/one/web"));
    }

    @Test
    void saysThatAHostHasNoCgroups() {
        assertThatThrownBy(() -> parse("", "0::/\n"))
                .isInstanceOf(Failure.class)
                .hasMessage("this host has no cgroup hierarchy mounted");
    }

    private static CgroupHierarchies parse(String mountinfo, String cgroup) {
        return CgroupHierarchies.parse(MountInfo.parse(mountinfo), cgroup);
    }
}
