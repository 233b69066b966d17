package io.jmigrate.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.CgroupMode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.step.MaskPath;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.RootPropagation;
import io.jmigrate.runtime.plan.step.RootfsPropagation;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.validate.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of one mount in a plan. */
class MountPlansTest {
    private static final HostFacts HOST =
            new HostFacts(CgroupMode.V2, List.of(), 40, -1, Optional.empty(), Rights.ROOT);

    @TempDir
    Path bundle;

    @BeforeEach
    void makeSource() throws IOException {
        Files.createDirectory(bundle.resolve("data"));
    }

    /** The lines of the plan that name the destination /m, without their numbers. */
    private List<String> steps(Consumer<ObjectNode> change) {
        Config config = Configs.load(Bundles.with(bundle, change));
        return PlanText.lines(Plans.create(config, HOST))
                .replace(bundle.toString(), "BUNDLE")
                .lines()
                .filter(line -> line.contains("target=/m") || line.contains("open-mapped-tree"))
                .map(line -> line.strip().replaceFirst("^\\d+ ", ""))
                .toList();
    }

    private static ObjectNode mount(ObjectNode document, String type, String source, String... options) {
        ObjectNode mount = document.withArray("mounts").addObject();
        mount.put("destination", "/m").put("type", type).put("source", source);
        List.of(options).forEach(mount.putArray("options")::add);
        return mount;
    }

    @Test
    void mapsIdsAsTheMountSays() {
        assertThat(steps(document -> {
                    ObjectNode mount = mount(document, "none", "data", "rbind", "ro", "rslave", "ridmap");
                    for (String map : List.of("uidMappings", "gidMappings")) {
                        mount.putArray(map)
                                .addObject()
                                .put("containerID", 5)
                                .put("hostID", 7000)
                                .put("size", 10);
                    }
                }))
                .containsExactly(
                        "open-mapped-tree source=BUNDLE/data recursive=true maps-tree=true uid-map=[5:7000:10] gid-map=[5:7000:10]",
                        "attach-tree tree=0 target=/m flags=[read-only] propagation=rslave create=directory");
    }

    @Test
    void mapsIdsAsTheContainerDoesIfTheMountDoesNotSay() {
        assertThat(steps(document -> {
                    Bundles.object(document, "linux")
                            .withArray("namespaces")
                            .addObject()
                            .put("type", "user");
                    for (String map : List.of("uidMappings", "gidMappings")) {
                        Bundles.object(document, "linux")
                                .putArray(map)
                                .addObject()
                                .put("hostID", 100_000)
                                .put("size", 65_536);
                    }
                    mount(document, "bind", "data", "idmap");
                }))
                .containsExactly(
                        "open-mapped-tree source=BUNDLE/data uid-map=[0:100000:65536] gid-map=[0:100000:65536]",
                        "attach-tree tree=0 target=/m create=directory");
    }

    @Test
    void saysWhichFlagsOfTheSourceMayNotStay() {
        assertThat(steps(document -> mount(document, "none", "data", "bind", "exec", "nosuid")))
                .containsExactly(
                        "mount source=BUNDLE/data target=/m flags=[no-suid,bind] cleared=[no-exec] create=directory");
    }

    @Test
    void becomesUnbindableOnlyWhenAllIsMounted() {
        Config config = Configs.load(Bundles.with(
                bundle, document -> Bundles.object(document, "linux").put("rootfsPropagation", "runbindable")));

        assertThat(Plans.create(config, HOST).steps())
                .containsSubsequence(
                        new RootPropagation(Propagation.RSLAVE),
                        new PivotRoot(),
                        new MaskPath("/proc/acpi"),
                        new RootfsPropagation(Propagation.RUNBINDABLE));
    }

    @Test
    void spreadsInOneWayAfterTheOther() {
        assertThat(steps(document -> mount(document, "none", "data", "rbind", "rslave", "shared", "ro")))
                .containsExactly(
                        "mount source=BUNDLE/data target=/m flags=[read-only,bind,recursive] propagation=rslave"
                                + " create=directory",
                        "set-propagation target=/m propagation=shared");
    }

    @Test
    void changesWhatIsMountedThereAlready() {
        assertThat(steps(document -> {
                    mount(document, "none", "data", "bind");
                    mount(document, "none", "data", "bind", "remount", "ro", "exec", "private");
                    mount(document, "tmpfs", "tmpfs", "size=1m");
                    mount(document, "tmpfs", "tmpfs", "remount", "size=2m", "nosuid");
                }))
                .containsExactly(
                        "mount source=BUNDLE/data target=/m flags=[bind] create=directory",
                        "reconfigure-mount target=/m mount-point=true flags=[read-only] cleared=[no-exec]",
                        "set-propagation target=/m propagation=private",
                        "mount source=tmpfs target=/m fstype=tmpfs data=size=1m create=directory",
                        "reconfigure-mount target=/m flags=[no-suid] data=size=2m");
    }

    /** Devices have to be made there first. */
    @Test
    void closesDevAtTheEnd() {
        Config config = Configs.load(Bundles.with(bundle, document -> document.withArray("mounts")
                .addObject()
                .put("destination", "/dev/")
                .put("type", "tmpfs")
                .putArray("options")
                .add("remount")
                .add("ro")));

        assertThat(Plans.create(config, HOST).steps().stream()
                        .map(step -> step.getClass().getSimpleName()))
                .containsSubsequence("MakeNode", "ReconfigureMount");
    }

    @Test
    void copiesIntoATmpfs() {
        assertThat(steps(document -> mount(document, "tmpfs", "tmpfs", "tmpcopyup", "ro", "size=1m")))
                .containsExactly(
                        "mount source=tmpfs target=/m fstype=tmpfs data=size=1m create=directory copies-up=true",
                        "remount target=/m flags=[read-only]");
    }

    @Test
    void changesTheAttributesOfATreeAfterTheMount() {
        assertThat(steps(document -> mount(document, "none", "data", "rbind", "rro", "rsuid", "rnoatime")))
                .containsExactly(
                        "mount source=BUNDLE/data target=/m flags=[bind,recursive] create=directory",
                        "set-mount-attributes target=/m set=[read-only,no-atime] cleared=[no-suid]");
        assertThat(steps(document -> mount(document, "tmpfs", "tmpfs", "rnodev")))
                .endsWith("set-mount-attributes target=/m set=[no-dev]");
    }
}
