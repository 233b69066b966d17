package io.jmigrate.criu.confine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupMember;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupPermissions;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.image.entry.CgroupSet;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedCgroupsTest {
    private static final Map<String, String> PLACES = Map.of("memory", "/here", "", "/there");

    private static CgroupMember.Builder member(String hierarchy, String path) {
        return CgroupMember.newBuilder().setName(hierarchy).setPath(path);
    }

    private static CgroupHierarchy.Builder hierarchy(String name, CgroupNode.Builder... nodes) {
        CgroupHierarchy.Builder hierarchy = CgroupHierarchy.newBuilder().addAllCnames(List.of(name.split(",", -1)));
        List.of(nodes).forEach(hierarchy::addDirs);
        return hierarchy;
    }

    private static CgroupNode.Builder node(String name, String... files) {
        CgroupNode.Builder node = CgroupNode.newBuilder()
                .setDirName(name)
                .setDirPerms(
                        CgroupPermissions.newBuilder().setMode(0777).setUid(7).setGid(7));
        List.of(files)
                .forEach(file -> node.addProperties(
                        CgroupProperty.newBuilder().setName(file).setValue("1")));
        return node;
    }

    @Test
    void onlyHierarchiesThatTheContainerHasACgroupInRemain() {
        CgroupEntry image = CgroupEntry.newBuilder()
                .addSets(CgroupSet.newBuilder()
                        .setId(2)
                        .addCtls(member("memory", "/web"))
                        .addCtls(member("net_cls", "/"))
                        .addCtls(member("name=new", "/x"))
                        .addCtls(member("", "/")))
                .addControllers(hierarchy("memory", node("web")))
                .addControllers(hierarchy("net_cls", node("").addChildren(node("other"))))
                .addControllers(hierarchy("name=new", node("x")))
                .addControllers(hierarchy(""))
                .build();
        ConfinedCgroups confined = ConfinedCgroups.of(image, PLACES, false);
        assertThat(confined.outside()).isEmpty();
        assertThat(confined.entry().getControllersList())
                .extracting(each -> each.getCnames(0))
                .containsExactly("memory");
        assertThat(confined.entry().getSets(0).getCtlsList())
                .extracting(CgroupMember::getName)
                .containsExactly("memory");
    }

    @Test
    void theContainersOwnCgroupStaysTheRuntimesAndFilesThatReachFurtherAreLeftOut() {
        CgroupEntry image = CgroupEntry.newBuilder()
                .addSets(CgroupSet.newBuilder().setId(2).addCtls(member("memory", "/web")))
                .addControllers(hierarchy(
                        "memory",
                        node("web", "pids.max")
                                .addChildren(node("sub", "notify_on_release", "pids.max", "devices.allow"))))
                .build();
        CgroupNode own = own(image, false);
        assertThat(own.hasDirPerms()).isFalse();
        assertThat(own.getPropertiesList()).isEmpty();
        assertThat(own.getChildren(0).hasDirPerms()).isTrue();
        assertThat(own.getChildren(0).getPropertiesList())
                .extracting(CgroupProperty::getName)
                .containsExactly("pids.max");
        assertThat(own(image, true).getPropertiesCount())
                .as("where its limits are asked for")
                .isEqualTo(1);
    }

    private static CgroupNode own(CgroupEntry image, boolean limits) {
        return ConfinedCgroups.of(image, PLACES, limits)
                .entry()
                .getControllers(0)
                .getDirs(0);
    }

    @Test
    void whatLeadsOutIsNamedUnlessNothingIsDoneAboutCgroups() {
        CgroupEntry image = CgroupEntry.newBuilder()
                .addSets(CgroupSet.newBuilder()
                        .setId(2)
                        .addCtls(member("memory", "/web2"))
                        .addCtls(member("", "/init.scope")))
                .addControllers(hierarchy("memory", node("web")))
                .addControllers(hierarchy("", node("web")))
                .build();
        assertThat(ConfinedCgroups.of(image, PLACES, false).outside())
                .containsExactly(
                        "/web2 is not below its cgroup /here (memory)",
                        "/web is not below its cgroup /there",
                        "/init.scope is not below its cgroup /there");
        ConfinedCgroups ignored = ConfinedCgroups.of(image, Map.of(), false);
        assertThat(ignored.outside()).isEmpty();
        assertThat(ignored.entry().getControllersCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=..", "name=../../etc", "..", "memory,release_agent=/x", "a b"})
    void aHierarchyWithANameThatIsNoneIsRefused(String name) {
        ImagesInMemory images = new ImagesInMemory()
                .with(
                        "cgroup.img",
                        ImageKind.CGROUP,
                        CgroupEntry.newBuilder().addControllers(hierarchy(name)).build());
        assertThatThrownBy(() -> CgroupCheck.run(images))
                .isInstanceOf(Failure.class)
                .hasStackTraceContaining("cgroup.img names a hierarchy that is none of cgroups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "memory",
                "cpu,cpuacct",
                "name=systemd",
                "perf_event",
                "cpuset,cpu,cpuacct,blkio,memory,devices,freezer,net_cls,perf_event,net_prio,hugetlb,pids,rdma,misc"
            })
    void theNamesOfHierarchiesAreTaken(String name) {
        CgroupCheck.run(new ImagesInMemory()
                .with(
                        "cgroup.img",
                        ImageKind.CGROUP,
                        CgroupEntry.newBuilder().addControllers(hierarchy(name)).build()));
    }

    /** Of the top of a hierarchy, which has no name, as of any other; each CRIU has room for. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',           /
            web,          /web
            jmigrate/web, /jmigrate/web
            .hidden/..x,  /.hidden/..x
            """)
    void theNamesOfCgroupsAreTaken(String top, String place) {
        String file = "x".repeat(255);
        CgroupCheck.run(new ImagesInMemory()
                .with(
                        "cgroup.img",
                        ImageKind.CGROUP,
                        CgroupEntry.newBuilder()
                                .addSets(CgroupSet.newBuilder().setId(1).addCtls(member("", place)))
                                .addControllers(hierarchy(
                                        "", node(top, "pids.max").addChildren(node("s".repeat(1024) + "/sub", file))))
                                .build()));
    }
}
