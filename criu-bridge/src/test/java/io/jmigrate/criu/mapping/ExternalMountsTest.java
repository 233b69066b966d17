package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalMountsTest {
    private static final CgroupPlace V2 =
            new CgroupPlace(List.of(), Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/web"));
    private static final CgroupPlace CPU = new CgroupPlace(
            List.of("cpu", "cpuacct"),
            Path.of("/sys/fs/cgroup/cpu,cpuacct"),
            Path.of("/sys/fs/cgroup/cpu,cpuacct/web"));
    private static final CgroupPlace BESIDE =
            new CgroupPlace(List.of(), Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup/unified/web"));

    @TempDir
    private Path bundle;

    private Path data;

    @BeforeEach
    void makeWhatIsBound() throws Exception {
        Files.createDirectory(bundle.resolve("rootfs"));
        data = Files.createDirectory(bundle.resolve("data"));
    }

    private Config config(String mounts, String namespaces, String more) {
        String json = """
                {"ociVersion": "1.0.2", "root": {"path": "rootfs"},
                 "process": {"args": ["sh"], "cwd": "/", "user": {"uid": 0, "gid": 0}},
                 "mounts": [%s],
                 "linux": {"namespaces": [{"type": "mount"}%s]%s}}
                """.formatted(mounts, namespaces, more);
        return Config.resolve(
                bundle,
                Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                        .spec());
    }

    private String bind(String destination, String option) {
        return "{\"destination\": \"%s\", \"type\": \"bind\", \"source\": \"%s\", \"options\": [\"%s\"]}"
                .formatted(destination, data, option);
    }

    private static List<ExternalMount> all(Config config, CgroupPlace... places) {
        return mounts(config, List.of(), places).all();
    }

    private static ExternalMounts mounts(Config config, List<MountInfo> host, CgroupPlace... places) {
        return new ExternalMounts(
                config, new CgroupPaths(List.of(places)), host, path -> path.replace("/var/run", "/run"));
    }

    @Test
    void aBindMountIsNamedAfterWhereItIsInTheContainer() {
        assertThat(all(config(bind("/data", "bind"), "", ""), V2))
                .containsExactly(new ExternalMount("/data", "/data", data))
                .first()
                .satisfies(mount -> assertThat(mount.forDump()).isEqualTo("mnt[/data]:/data"))
                .satisfies(mount -> assertThat(mount.forRestore()).isEqualTo("mnt[/data]:" + data));
    }

    @Test
    void aDestinationBehindALinkIsNamedWithoutIt() {
        assertThat(all(config(bind("/var/run/data", "bind"), "", ""), V2))
                .containsExactly(new ExternalMount("/run/data", "/run/data", data));
    }

    @Test
    void aFilesystemOfTheContainerIsNotExternal() {
        assertThat(all(config("{\"destination\": \"/tmp\", \"type\": \"tmpfs\", \"source\": \"tmpfs\"}", "", ""), V2))
                .isEmpty();
    }

    @Test
    void whatIsMountedBelowTheSourceComesWithARecursiveBindMountAlone() {
        List<MountInfo> host = MountInfo.parse("""
                20 1 8:1 / / rw - ext4 /dev/root rw
                21 20 0:30 / %1$s/inner rw - tmpfs tmpfs rw
                22 20 0:31 / %1$s rw - tmpfs tmpfs rw
                23 20 0:32 / %1$s-beside/inner rw - tmpfs tmpfs rw
                24 20 0:30 / %1$s/inner rw - tmpfs tmpfs rw
                """.formatted(data));
        ExternalMount whole = new ExternalMount("/data", "/data", data);
        ExternalMount inner = new ExternalMount("/data/inner", "/data/inner", data.resolve("inner"));

        assertThat(mounts(config(bind("/data", "rbind"), "", ""), host, V2).all())
                .containsExactly(whole, inner);
        assertThat(mounts(config(bind("/data", "bind"), "", ""), host, V2).all())
                .containsExactly(whole);
    }

    @Test
    void theCgroupDirectoriesOfVersion1AreBoundOneByOne() {
        Config config =
                config("{\"destination\": \"/sys/fs/cgroup\", \"type\": \"cgroup\", \"source\": \"cgroup\"}", "", "");
        assertThat(all(config, CPU, BESIDE))
                .containsExactly(
                        new ExternalMount("/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/cpu,cpuacct", CPU.directory()));
        assertThat(all(config, V2)).isEmpty();
    }

    @Test
    void withACgroupNamespaceTheyAreTheContainersOwn() {
        Config config = config(
                "{\"destination\": \"/sys/fs/cgroup\", \"type\": \"cgroup\", \"source\": \"cgroup\"}",
                ", {\"type\": \"cgroup\"}",
                "");
        assertThat(all(config, CPU, BESIDE)).isEmpty();
    }

    @Test
    void devicesAreBoundInAUserNamespaceAlone() {
        String device = ", \"devices\": [{\"path\": \"/dev/fuse\", \"type\": \"c\", \"major\": 10, \"minor\": 229}]";
        String ids = "[{\"containerID\": 0, \"hostID\": 0, \"size\": 65536}]";
        Config mapped = config(
                "", ", {\"type\": \"user\"}", device + ", \"uidMappings\": " + ids + ", \"gidMappings\": " + ids);

        assertThat(all(mapped, V2))
                .contains(
                        new ExternalMount("/dev/fuse", "/dev/fuse", Path.of("/dev/fuse")),
                        new ExternalMount("/dev/null", "/dev/null", Path.of("/dev/null")));
        assertThat(all(config("", "", device), V2)).isEmpty();
    }

    @Test
    void aMaskIsAnExternalNullDeviceWhereOneIsMounted() {
        List<MountInfo> container = MountInfo.parse("""
                30 1 0:5 /null /proc/keys rw - devtmpfs udev rw
                31 1 0:5 /null /data/null rw - devtmpfs udev rw
                32 1 0:40 / /proc/acpi ro - tmpfs tmpfs ro
                """);
        Config config = config("", "", ", \"maskedPaths\": [\"/proc/keys\", \"/proc/acpi\", \"/proc/kcore\"]");
        assertThat(mounts(config, List.of(), V2).masks(container))
                .containsExactly(new ExternalMount("/proc/keys", "/dev/null", Path.of("/dev/null")));
    }
}
