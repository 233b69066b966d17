package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mount options do, seen from inside and from the host. */
class ContainerMountsIT extends OnRealHost {
    private TestBundle bundle;

    @BeforeEach
    void prepare() {
        bundle = host.bundle();
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
    void beginsATmpfsWithWhatItCovers() throws IOException {
        Path covered = Files.createDirectories(bundle.rootfs().resolve("data/sub"));
        Files.writeString(covered.resolve("file"), "content\n");
        Files.setPosixFilePermissions(covered.resolve("file"), PosixFilePermissions.fromString("rw-r-xr--"));
        Files.setAttribute(covered.resolve("file"), "unix:uid", 12);
        Files.setAttribute(covered.resolve("file"), "unix:gid", 13);
        Files.setLastModifiedTime(covered, FileTime.from(Instant.ofEpochSecond(86_400)));
        Files.createSymbolicLink(bundle.rootfs().resolve("data/link"), Path.of("sub/file"));
        mount("/data", "tmpfs", "tmpfs", "tmpcopyup", "ro");
        mount("/data/below", "tmpfs", "tmpfs");

        assertThat(host.run(bundle.shell("cat /data/link; stat -c '%a %u %g' /data/sub/file; stat -c %Y /data/sub;"
                                + "readlink /data/link; touch /data/x 2>/dev/null || echo closed; echo /data/*"))
                        .output())
                .containsExactly(
                        "content", "654 12 13", "86400", "sub/file", "closed", "/data/below /data/link /data/sub");
        assertThat(bundle.rootfs().resolve("data/below")).doesNotExist();
    }

    @Test
    void copiesHolesAndNamesAndAttributesAsTheyAre() throws IOException {
        Path data = bundle.rootfs().resolve("data");
        Path file = data.resolve("file");
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap("end".getBytes(StandardCharsets.UTF_8)), 64L << 20);
        }
        Files.createLink(Files.createDirectory(data.resolve("a")).resolve("second"), file);
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write("noted", ByteBuffer.wrap("by a user".getBytes(StandardCharsets.UTF_8)));
        Capture.run(host.launcher(), List.of("setcap", "cap_net_raw=ep", file.toString()), "");
        mount("/data", "tmpfs", "tmpfs", "tmpcopyup", "size=1m");

        ContainerRecord record = host.start(bundle);

        Path copy = Path.of("/proc/" + record.state().init().orElseThrow().pid() + "/root/data/file");
        assertThat(Files.size(copy)).isEqualTo((64L << 20) + 3);
        assertThat(host.exec(record.id(), "/bin/stat", "-c", "%h", "/data/a/second")
                        .text())
                .isEqualTo("2");
        assertThat(Files.isSameFile(copy, copy.resolveSibling("a/second"))).isTrue();
        UserDefinedFileAttributeView noted = Files.getFileAttributeView(copy, UserDefinedFileAttributeView.class);
        ByteBuffer value = ByteBuffer.allocate(noted.size("noted"));
        noted.read("noted", value);
        assertThat(new String(value.array(), StandardCharsets.UTF_8)).isEqualTo("by a user");
        assertThat(Capture.run(host.launcher(), List.of("getcap", copy.toString()), "")
                        .output()
                        .toString())
                .isEqualTo(Capture.run(host.launcher(), List.of("getcap", file.toString()), "")
                        .output()
                        .toString()
                        .replace(file.toString(), copy.toString()))
                .contains("cap_net_raw");
    }

    @Test
    void changesWhatIsMountedThereAlready() {
        mount("/bound", "none", "/dev", "bind");
        mount("/bound", "none", "none", "bind", "remount", "ro", "noexec", "rslave", "shared");
        mount("/own", "tmpfs", "tmpfs", "nodev", "size=1m");
        mount("/own", "tmpfs", "tmpfs", "remount", "size=2m");
        mount("/dev", "tmpfs", "tmpfs", "remount", "ro", "nosuid");

        ContainerRecord record = host.start(bundle);

        List<MountInfo> mounts = mountsOf(record);
        assertThat(options(mounts, "/bound")).contains("ro", "noexec");
        assertThat(options(MountInfo.ofSelf(), "/dev")).contains("rw");
        assertThat(options(mounts, "/own")).contains("rw").doesNotContain("nodev");
        assertThat(options(mounts, "/dev")).contains("ro", "nosuid");
        assertThat(host.exec(
                                record.id(),
                                "/bin/sh",
                                "-c",
                                "grep ' /bound ' /proc/self/mountinfo; grep ' /own ' /proc/self/mounts")
                        .text())
                .containsPattern(" /bound .* shared:\\d+ ")
                .contains("size=2048k");
    }

    @Test
    void namesWhatItCannotChange() {
        mount("/data", "none", "none", "bind", "remount", "ro");

        assertThatThrownBy(() -> host.run(bundle.shell("true"))).hasMessage("remount /data: invalid argument");
    }

    @Test
    void copiesInAUserNamespaceWhatIsSeenThere() throws IOException {
        Files.createFile(bundle.rootfs().resolve("data/roots"));
        Path file = Files.createFile(bundle.rootfs().resolve("data/users"));
        Files.setAttribute(file, "unix:uid", 100_007);
        mount("/data", "tmpfs", "tmpfs", "tmpcopyup");

        assertThat(host.run(bundle.inUserNamespace().shell("stat -c %u /data/roots /data/users"))
                        .output())
                .containsExactly("65534", "7");
    }

    @Test
    void saysThatATmpfsIsTooSmallForWhatItCovers() throws IOException {
        Files.write(bundle.rootfs().resolve("data/large"), new byte[1 << 20]);
        mount("/data", "tmpfs", "tmpfs", "tmpcopyup", "size=64k");

        assertThatThrownBy(() -> host.run(bundle.shell("true")))
                .hasMessageContaining("mount tmpfs onto /data: no space left on device");
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
