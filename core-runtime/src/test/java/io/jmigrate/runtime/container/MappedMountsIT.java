package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bind mounts whose files have other owners inside than on the host. */
class MappedMountsIT extends OnRealHost {
    private TestBundle bundle;
    private Path source;

    @BeforeEach
    void prepare() throws IOException {
        bundle = host.bundle();
        source = Files.createDirectory(host.files().resolve("source"));
        own(Files.createFile(source.resolve("file")), 1005, 1006);
    }

    private static void own(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
    }

    private static List<Object> owner(Path path) throws IOException {
        return List.of(Files.getAttribute(path, "unix:uid"), Files.getAttribute(path, "unix:gid"));
    }

    private void mount(String destination, String from, String... options) {
        bundle.changed(config -> {
            ObjectNode mount = config.withArray("mounts").addObject();
            mount.put("destination", destination).put("type", "bind").put("source", from);
            List.of(options).forEach(mount.putArray("options")::add);
        });
    }

    private void map(int containerId, int hostId, int size) {
        bundle.changed(config -> {
            var mounts = config.withArray("mounts");
            ObjectNode mount = (ObjectNode) mounts.get(mounts.size() - 1);
            for (String map : List.of("uidMappings", "gidMappings")) {
                mount.putArray(map)
                        .addObject()
                        .put("containerID", containerId)
                        .put("hostID", hostId)
                        .put("size", size);
            }
        });
    }

    @Test
    void haveTheOwnersThatTheirMapsSay() throws IOException {
        mount("/mapped", source.toString(), "bind");
        map(1000, 3000, 100);
        mount("/plain", source.toString(), "bind");

        assertThat(host.run(bundle.shell("stat -c '%u %g' /mapped/file /plain/file"))
                        .output())
                .containsExactly("3005 3006", "1005 1006");
        assertThat(owner(source.resolve("file"))).isEqualTo(List.of(1005, 1006));
    }

    @Test
    void haveTheContainersOwnersWithoutMapsOfTheirOwn() throws IOException {
        own(source, 0, 0);
        bundle.inUserNamespace();
        mount("/data", source.toString(), "bind", "idmap");
        mount("/etc", source.toString(), "bind");

        assertThat(host.run(bundle.shell("stat -c '%u %g' /data/file /etc/file; echo x > /data/new && echo made"))
                        .output())
                .containsExactly("1005 1006", "65534 65534", "made");
        assertThat(owner(source.resolve("new"))).isEqualTo(List.of(0, 0));
    }

    @Test
    void mapWhatIsMountedBelowThemOnlyIfTheySaySo() throws IOException {
        Path below = Files.createDirectory(source.resolve("below"));
        Mounts.mount("tmpfs", below, "tmpfs", Set.of(), "mode=755,uid=1005,gid=1006");
        try {
            mount("/top", source.toString(), "rbind", "idmap");
            map(1000, 3000, 100);
            mount("/tree", source.toString(), "rbind", "ridmap");
            map(1000, 3000, 100);

            assertThat(host.run(bundle.shell("stat -c '%n %u' /top/file /top/below /tree/file /tree/below"))
                            .output())
                    .containsExactly("/top/file 3005", "/top/below 1005", "/tree/file 3005", "/tree/below 3005");
        } finally {
            Mounts.umount(below, true);
        }
    }

    @Test
    void haveFlagsAndPropagationLikeOthersAndDoNotShowOnTheHost() {
        mount("/mapped", source.toString(), "rbind", "ro", "nosuid", "rprivate", "ridmap");
        map(1000, 3000, 100);

        ContainerRecord record = host.start(bundle);

        MountInfo mount = MountInfo.ofProcess(
                        record.state().init().orElseThrow().pid())
                .stream()
                .filter(each -> each.mountPoint().equals("/mapped"))
                .findFirst()
                .orElseThrow();
        assertThat(List.of(mount.options().split(","))).contains("ro", "nosuid", "idmapped");
        assertThat(mount.optionalFields()).isEmpty();
        assertThat(MountInfo.ofSelf()).extracting(MountInfo::root).doesNotContain(source.toString());
    }

    @Test
    void areRefusedInASentenceWhereTheFilesystemCanNotDoIt() {
        mount("/mapped", "/sys/kernel", "bind", "idmap");
        map(0, 3000, 100);

        assertThatThrownBy(() -> host.run(bundle.shell("true")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("map the ids of /sys/kernel: its filesystem, or one that is mounted below it,"
                        + " can't map ids on this kernel");
    }

    @Test
    void areRefusedWithoutAMap() {
        mount("/mapped", source.toString(), "bind", "idmap");

        assertThatThrownBy(() -> host.run(bundle.shell("true")))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.details())
                        .singleElement()
                        .asString()
                        .contains("mapped ids need uidMappings"));
    }
}
