package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.plan.RootEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways into a root filesystem lead to the same. */
class RootEntryIT extends OnRealHost {
    private static final String MOUNT_ANOTHER_PROC =
            "/bin/busybox unshare -U -r -m -p -f /bin/busybox mount -t proc proc /tmp && echo mounted";

    private static CreateRequest request(TestBundle bundle, StandardStreams streams, RootEntry entry) {
        return new CreateRequest(
                RealHost.newId(),
                bundle.directory(),
                streams,
                Console.none(),
                Optional.empty(),
                Optional.empty(),
                entry,
                false,
                List.of(),
                0);
    }

    private RealHost.Outcome run(TestBundle bundle, RootEntry entry) {
        return host.capture(streams ->
                host.containers().run().foreground(new RunRequest(request(bundle, streams, entry), false), _ -> {}));
    }

    private ContainerRecord start(TestBundle bundle, RootEntry entry) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            return host.containers().run().detached(request(bundle, streams, entry));
        }
    }

    @ParameterizedTest
    @EnumSource(RootEntry.class)
    void showsTheRootFilesystemAndRestrictsIt(RootEntry entry) {
        TestBundle bundle = host.bundle()
                .shell(
                        "echo /*; echo /../*; wc -c < /proc/keys;"
                                + "touch /x 2>/dev/null || echo closed; echo 1 2>/dev/null > /proc/sys/vm/swappiness || echo closed");

        assertThat(run(bundle, entry).output())
                .containsExactly(
                        "/bin /data /dev /etc /proc /sys /tmp",
                        "/../bin /../data /../dev /../etc /../proc /../sys /../tmp",
                        "0",
                        "closed",
                        "closed");
    }

    @ParameterizedTest
    @EnumSource(RootEntry.class)
    void leavesTheHostsMountsAloneAndExecutesInTheSameRoot(RootEntry entry) {
        List<MountInfo> before = hostsOwn();
        ContainerRecord record = start(host.bundle(), entry);

        assertThat(hostsOwn()).isEqualTo(before);
        assertThat(host.exec(record.id(), "/bin/sh", "-c", "echo /*").output())
                .containsExactly("/bin /data /dev /etc /proc /sys /tmp");
        assertThat(host.exec(record.id(), "/bin/grep", "-c", " / / ", "/proc/self/mountinfo")
                        .output())
                .containsExactly("0");
    }

    private static List<MountInfo> hostsOwn() {
        List<String> points = List.of("/", "/proc", "/sys", "/dev");
        return MountInfo.ofSelf().stream()
                .filter(mount -> points.contains(mount.mountPoint()))
                .toList();
    }

    /** As an ordinary user, who may map itself to root of a user namespace. */
    private TestBundle asUser() {
        return host.bundle().changed(config -> ((ObjectNode) config.get("process"))
                .withObject("user")
                .put("uid", 1000)
                .put("gid", 1000));
    }

    @ParameterizedTest
    @EnumSource(RootEntry.class)
    void leavesNoProcWithinReachThatLacksTheMasks(RootEntry entry) {
        TestBundle open = asUser().changed(config -> {
            ((ObjectNode) config.get("linux")).remove(List.of("maskedPaths", "readonlyPaths"));
        });

        assertThat(run(open.shell(MOUNT_ANOTHER_PROC), entry).output()).containsExactly("mounted");
        assertThat(run(asUser().shell(MOUNT_ANOTHER_PROC), entry).output()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RootEntry.class)
    void servesUserNamespaces(RootEntry entry) {
        TestBundle bundle = asUser().inUserNamespace().shell("echo /*; id -u; " + MOUNT_ANOTHER_PROC);

        assertThat(run(bundle, entry).output()).containsExactly("/bin /data /dev /etc /proc /sys /tmp", "1000");
    }
}
