package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image or a config could try, and what the container gets. */
class ContainerConfinementIT extends OnRealHost {
    @Test
    void mountsInsideTheRootWhenTheDestinationIsALinkOutOfIt() throws IOException {
        Path outside = Files.createDirectory(host.files().resolve("outside"));
        TestBundle bundle = host.bundle();
        Files.createDirectories(bundle.rootfs().resolve(outside.toString().substring(1)));
        Files.createSymbolicLink(bundle.rootfs().resolve("escape"), Path.of("/../../../.." + outside));
        mount(bundle, "/escape/deep", "tmpfs");

        var outcome = host.run(bundle.shell("touch /escape/deep/x && echo made"));

        assertThat(outcome.output()).containsExactly("made");
        try (Stream<Path> entries = Files.list(outside)) {
            assertThat(entries).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "..", "../../../../..", "etc/../..", "/data/.."})
    void refusesToMountOntoTheRootThroughALinkOfTheImage(String target) throws IOException {
        TestBundle bundle = host.bundle();
        Files.createSymbolicLink(bundle.rootfs().resolve("volume"), Path.of(target));
        mount(bundle, "/volume", "tmpfs");

        assertThat(refused(bundle.shell("true")))
                .hasMessage("mount tmpfs onto /volume: too many levels of symbolic links");
    }

    @Test
    void refusesToMountOntoProcThroughALinkOfTheImage() throws IOException {
        TestBundle bundle = host.bundle();
        Files.createSymbolicLink(bundle.rootfs().resolve("volume"), Path.of("/proc/sys"));
        mount(bundle, "/volume", "tmpfs");

        Failure failure = refused(bundle.shell("true"));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure).hasMessageContaining("onto /volume");
    }

    @Test
    void refusesAProcThatIsALink() throws IOException {
        TestBundle bundle = host.bundle();
        Files.delete(bundle.rootfs().resolve("proc"));
        Files.createSymbolicLink(bundle.rootfs().resolve("proc"), Path.of("/tmp"));

        assertThat(refused(bundle.shell("true")).code()).isEqualTo(RuntimeCode.INIT_FAILED);
    }

    @Test
    void makesTmpfsReadOnlyAfterWhatLiesInItWasMade() {
        TestBundle bundle = host.bundle();
        mount(bundle, "/ro", "tmpfs", "ro", "noexec");
        mount(bundle, "/ro/inner", "tmpfs");

        assertThat(host.run(bundle.shell("touch /ro/inner/x && echo inner; touch /ro/x 2>/dev/null || echo outer"))
                        .output())
                .containsExactly("inner", "outer");
    }

    @Test
    void opensATmpfsToNobodyWhoCouldNotWriteToTheDirectoryBefore() throws IOException {
        TestBundle bundle = host.bundle();
        Path covered = Files.createDirectory(bundle.rootfs().resolve("covered"));
        Files.setPosixFilePermissions(covered, PosixFilePermissions.fromString("rwxr-x---"));
        mount(bundle, "/covered", "tmpfs", "nosuid");
        mount(bundle, "/new", "tmpfs");
        mount(bundle, "/told", "tmpfs", "size=1m", "mode=1770");

        assertThat(host.run(bundle.shell("stat -c %a /covered /new /told")).output())
                .as("what the image lacks is the kernel's to open, to everybody")
                .containsExactly("750", "1777", "1770");
    }

    @Test
    void showsItsOwnCgroupsReadOnlyWithAndWithoutANamespace() {
        for (boolean confined : new boolean[] {false, true}) {
            TestBundle bundle = changed(config -> {
                ObjectNode linux = (ObjectNode) config.get("linux");
                linux.withObject("resources").putObject("pids").put("limit", 77);
                if (confined) {
                    linux.withArray("namespaces").addObject().put("type", "cgroup");
                }
            });
            addCgroupTree(bundle);

            var outcome = host.run(bundle.shell("cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null;"
                    + "mkdir /sys/fs/cgroup/x 2>/dev/null || echo closed"));

            assertThat(outcome.output()).containsExactly("77", "closed");
        }
    }

    @Test
    void letsAnOrdinaryUserOpenItsStandardStreams() {
        TestBundle bundle = changed(config -> ((ObjectNode) config.get("process"))
                .withObject("user")
                .put("uid", 1234)
                .put("gid", 1234));

        var outcome = host.run(bundle.shell("echo out > /dev/stdout; echo err > /dev/stderr"));

        assertThat(outcome.output()).containsExactly("out");
        assertThat(outcome.errors()).containsExactly("err");
    }

    @Test
    void leavesNothingWhenItRefuses() throws IOException {
        TestBundle bundle = host.bundle();
        Files.createSymbolicLink(bundle.rootfs().resolve("volume"), Path.of("/proc/sys"));
        mount(bundle, "/volume", "tmpfs");
        ContainerId id = RealHost.newId();

        assertThat(catchThrowableOfType(Failure.class, () -> host.create(id, bundle)))
                .isNotNull();
        assertThat(host.leftovers(id)).isEmpty();
    }

    private Failure refused(TestBundle bundle) {
        Failure failure = catchThrowableOfType(Failure.class, () -> host.run(bundle));
        assertThat(failure).isNotNull();
        return failure;
    }

    private TestBundle changed(Consumer<ObjectNode> change) {
        return host.bundle().changed(change);
    }

    private static void addCgroupTree(TestBundle bundle) {
        if (!hasCgroupTree(bundle)) {
            mount(bundle, "/sys/fs/cgroup", "cgroup", "ro", "nosuid", "noexec", "nodev");
        }
    }

    private static boolean hasCgroupTree(TestBundle bundle) {
        try {
            return Files.readString(bundle.directory().resolve("config.json")).contains("/sys/fs/cgroup");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mount(TestBundle bundle, String destination, String type, String... options) {
        bundle.changed(config -> {
            ObjectNode mount = config.withArray("mounts")
                    .addObject()
                    .put("destination", destination)
                    .put("type", type)
                    .put("source", type);
            for (String option : options) {
                mount.withArray("options").add(option);
            }
        });
    }
}
