package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.InterfaceConfig;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.config.RouteConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.spec.DefaultSpec;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigsTest {
    @TempDir
    Path bundle;

    @Test
    void acceptsTheDefaultSpec() {
        Config config = Configs.load(Bundles.with(bundle, document -> {}));

        assertThat(config.bundle()).isEqualTo(bundle);
        assertThat(config.rootfs().path()).isEqualTo(bundle.resolve("rootfs"));
        assertThat(config.process().args()).containsExactly("sh");
    }

    @Test
    void acceptsTheRootlessSpec() {
        String json = new String(Specs.write(DefaultSpec.rootless(1000, 1001)), StandardCharsets.UTF_8);

        Config config = Configs.load(Bundles.withConfig(bundle, json));

        assertThat(config.idMappings().hostUid(0)).hasValue(1000);
        assertThat(config.idMappings().hostGid(0)).hasValue(1001);
        assertThat(config.externalMounts()).hasSize(1);
    }

    /** Its network namespace stands for one that podman made: a file that is not the test's own namespace. */
    @Test
    void acceptsASpecAsPodmanWritesIt() throws Exception {
        Files.createDirectory(bundle.resolve("shm"));
        Files.createFile(bundle.resolve("hosts"));
        Path namespace = Files.createFile(bundle.resolve("netns"));
        String json = new String(
                ConfigsTest.class.getResourceAsStream("podman-like.json").readAllBytes(), StandardCharsets.UTF_8);

        Config config = Configs.load(Bundles.withConfig(bundle, json.replace("NETNS", namespace.toString())));

        assertThat(config.namespaces().path(NamespaceKind.NETWORK)).contains(namespace);
        assertThat(config.namespaces().isOwn(NamespaceKind.NETWORK)).isFalse();
        assertThat(config.externalMounts())
                .extracting(MountConfig.Bind::destination)
                .containsExactly("/dev/shm", "/etc/hosts", "/data");
        assertThat(config.process().rlimits().getLast().hard()).isEqualTo(RlimitResource.INFINITY);
        assertThat(config.resources().memory().swap()).contains(134217728L);
        assertThat(config.cgroupsPath()).contains("/libpod_parent/libpod-c0ffee");
    }

    @Test
    void doesNotMissTheSourcesOfMountsOnceTheContainerExists() {
        Bundles.with(bundle, document -> mounts(document)
                .addObject()
                .put("destination", "/gone")
                .put("type", "bind")
                .put("source", "/nowhere"));

        assertThat(Configs.ofRunning(bundle, Specs.read(bundle)).externalMounts())
                .hasSize(1);
        assertThat(catchThrowableOfType(Failure.class, () -> Configs.load(bundle))
                        .details())
                .containsExactly("$.mounts[7].source: does not exist: /nowhere");
    }

    @Test
    void reportsEveryProblemAtOnceEachWithItsPath() {
        Failure failure = refused("""
                {"process":{"cwd":"tmp","env":["NOVALUE"],"capabilities":{"bounding":["CAP_FLY"]},
                   "rlimits":[{"type":"RLIMIT_NOFILE","soft":2,"hard":1},{"type":"RLIMIT_NOFILE","soft":1,"hard":1},
                              {"type":"RLIMIT_LUCK","soft":1,"hard":1}]},
                 "root":{"path":"nowhere"},"hostname":"web",
                 "mounts":[{"type":"tmpfs"},{"destination":"/x","type":"bind"},{"destination":"/","type":"tmpfs"},
                           {"destination":"/y"},{"destination":"/proc/self","type":"tmpfs"}],
                 "linux":{"namespaces":[{"type":"mount"},{"type":"pid"},{"type":"pid"},{"type":"planet"}],
                          "devices":[{"path":"dev/x","type":"c","major":1,"minor":2},{"path":"/dev/y","type":"z"}],
                          "sysctl":{"net.ipv4.ip_forward":"1","kernel.panic":"1"},
                          "uidMappings":[{"containerID":0,"hostID":0,"size":1}],
                          "maskedPaths":["proc/kcore"],"rootfsPropagation":"sideways"}}
                """);

        assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CONFIG);
        assertThat(failure).hasMessage(bundle.resolve("config.json") + " is not valid: 23 problems");
        assertThat(failure.details())
                .containsExactlyInAnyOrder(
                        "$.ociVersion: is required",
                        "$.process.args: must name a program to execute",
                        "$.process.cwd: must be an absolute path, is \"tmp\"",
                        "$.process.env[0]: must have the form NAME=value, is \"NOVALUE\"",
                        "$.process.rlimits[0].soft: must not be above the hard limit",
                        "$.process.rlimits[1].type: is given twice: RLIMIT_NOFILE",
                        "$.process.rlimits[2].type: is not a resource limit: \"RLIMIT_LUCK\"",
                        "$.root.path: does not exist: " + bundle.resolve("nowhere"),
                        "$.linux.rootfsPropagation: is not a mount propagation: \"sideways\"",
                        "$.mounts[0].destination: is required",
                        "$.mounts[1].source: is required for a bind mount",
                        "$.mounts[2].destination: must not be the root directory of the container",
                        "$.mounts[3].type: is required for a mount that is not a bind mount",
                        "$.mounts[4].destination: must not lie inside /proc, is \"/proc/self\"",
                        "$.linux.namespaces[2].type: is given twice: pid",
                        "$.linux.namespaces[3].type: is not a namespace: \"planet\"",
                        "$.hostname: needs a uts namespace in $.linux.namespaces",
                        "$.linux.uidMappings: needs a new user namespace in $.linux.namespaces",
                        "$.linux.devices[0].path: must be an absolute path of a file, is \"dev/x\"",
                        "$.linux.devices[1].type: must be c, b, u or p, is \"z\"",
                        "$.linux.sysctl[\"net.ipv4.ip_forward\"]: would change the host, the container has no network"
                                + " namespace of its own",
                        "$.linux.sysctl[\"kernel.panic\"]: would change the host, no namespace has it",
                        "$.linux.maskedPaths[0]: must be an absolute path, is \"proc/kcore\"");
    }

    @Test
    void refusesWhatItDoesNotSupportInsteadOfLeavingItOut() {
        Failure failure = refused(document -> {
            ObjectNode linux = linux(document);
            linux.putObject("intelRdt").put("closID", "x");
        });

        assertThat(failure.code()).isEqualTo(RuntimeCode.UNSUPPORTED);
        assertThat(failure)
                .hasMessageEndingWith(" asks for what this version does not support: "
                        + failure.details().size() + " problem");
        assertThat(failure.details()).containsExactly("$.linux.intelRdt: is not supported");
    }

    /** A filesystem is the host's, too, or it is the container's alone. */
    @Test
    void remountsOnlyWhatIsTheContainersOwn() {
        Failure failure = refused(document -> {
            remount(document, "/sys", "sysfs", "ro");
            remount(document, "/t", "tmpfs", "ro");
            mounts(document).addObject().put("destination", "/t").put("type", "tmpfs");
            remount(document, "/t/", "tmpfs", "ro");
            remount(document, "/sys", "none", "bind");
            remount(document, "/proc", "none", "bind");
            remount(document, "/dev/shm", "tmpfs", "tmpcopyup");
        });

        assertThat(failure.details())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly("$.mounts[7].options", "$.mounts[8].options", "$.mounts[13].options");
    }

    private static void remount(ObjectNode document, String destination, String type, String option) {
        mounts(document)
                .addObject()
                .put("destination", destination)
                .put("type", type)
                .putArray("options")
                .add("remount")
                .add(option);
    }

    @Test
    void looksAtEachHook() {
        Failure failure = refused(document -> {
            ObjectNode hooks = document.putObject("hooks");
            hooks.putArray("prestart").addObject().put("path", "bin/relative").put("timeout", 0);
            hooks.putArray("poststop").addObject().putArray("args").add("no-path");
            hooks.put("poststart", "none");
        });

        assertThat(failure.details())
                .containsExactlyInAnyOrder(
                        "$.hooks.prestart[0].path: must be an absolute path, is \"bin/relative\"",
                        "$.hooks.prestart[0].timeout: must be from 1 to 2147483647, is 0",
                        "$.hooks.poststop[0].path: is required",
                        "$.hooks.poststart: must be an array, is the string \"none\"");
    }

    @Test
    void resolvesHooks() {
        Config config = accepted(document -> {
            ObjectNode hook =
                    document.putObject("hooks").putArray("createRuntime").addObject();
            hook.put("path", "/bin/hook").put("timeout", 30).putArray("env").add("A=b");
        });

        assertThat(config.hooks().of(HookKind.CREATE_RUNTIME))
                .containsExactly(new HookConfig(
                        Path.of("/bin/hook"),
                        List.of("/bin/hook"),
                        List.of("A=b"),
                        Optional.of(Duration.ofSeconds(30))));
        assertThat(config.hooks().of(HookKind.POSTSTOP)).isEmpty();
    }

    @Test
    void takesEmptyAndZeroFieldsAsNotGiven() {
        Config config = accepted(document -> {
            process(document).put("terminal", false).putObject("consoleSize").put("height", 0);
            document.putObject("hooks").putArray("prestart");
            linux(document).putObject("netDevices");
            ObjectNode resources = Bundles.object(document, "linux", "resources");
            resources.putObject("blockIO").put("weight", 0);
            resources
                    .putObject("memory")
                    .put("disableOOMKiller", false)
                    .put("kernel", 0)
                    .putNull("swappiness");
            resources.putObject("cpu").put("shares", 0).put("quota", 0);
        });

        assertThat(config.resources().cpu().shares()).isEmpty();
    }

    @Test
    void takesARelativeMountDestinationFromTheRoot() {
        Config config = accepted(document ->
                mounts(document).addObject().put("destination", "data/../cache").put("type", "tmpfs"));

        assertThat(config.mounts().getLast().destination()).isEqualTo("/cache");
    }

    @Test
    void refusesASysctlThatLeadsOutOfItsNamespace() {
        List<String> lines = refused(document -> {
                    ObjectNode sysctl = linux(document).putObject("sysctl");
                    sysctl.put("net/../kernel/panic", "1");
                    sysctl.put("net..kernel.panic", "1");
                    sysctl.put("net./../kernel", "1");
                    sysctl.put("kernel.hostname", "x");
                    sysctl.put("user.max_user_namespaces", "1");
                    sysctl.put("", "1");
                })
                .details();

        assertThat(lines).hasSize(6);
    }

    @Test
    void refusesIdMapsThatTheKernelWouldNotTakeOrThatMissTheUser() {
        Failure failure = refused(document -> {
            linux(document).withArray("namespaces").addObject().put("type", "user");
            map(document, "uidMappings", 0, 1000, 10);
            map(document, "uidMappings", 5, 5000, 10);
            map(document, "gidMappings", 0, 1000, 4294967295L);
            map(document, "gidMappings", 1, 9, 0);
            Bundles.object(document, "process", "user").put("uid", 77);
        });

        assertThat(failure.details())
                .containsExactlyInAnyOrder(
                        "$.linux.uidMappings[1]: overlaps an earlier range",
                        "$.linux.gidMappings[0]: reaches beyond the largest id",
                        "$.linux.gidMappings[1].size: must be at least 1",
                        "$.process.user.uid: is not mapped in the user namespace: 77");
    }

    @Test
    void readsTheNetworkAnnotation() {
        Config config = accepted(document -> document.putObject("annotations").put("io.jmigrate.network", """
                        {"interfaces":[{"name":"eth0","bridge":"jm0","address":["10.88.0.5/24","fd00::5/64"],
                          "mac":"02:42:0a:58:00:05","gateway":"10.88.0.1"}]}
                        """));

        assertThat(config.network().orElseThrow().interfaces()).singleElement().satisfies(eth0 -> {
            assertThat(eth0.name()).isEqualTo("eth0");
            assertThat(eth0.addresses()).containsExactly("10.88.0.5/24", "fd00::5/64");
            assertThat(eth0.gateway()).contains("10.88.0.1");
        });
    }

    /** What docs/network.md shows as an example is a network, and says what the page says of it. */
    @Test
    void takesTheExampleOfItsPage() throws Exception {
        String page = Files.readString(Path.of("../docs/network.md"));
        int start = page.indexOf("```json\n{\"interfaces\"") + "```json\n".length();
        String example = page.substring(start, page.indexOf("```", start));

        NetworkConfig network = accepted(
                        document -> document.putObject("annotations").put("io.jmigrate.network", example))
                .network()
                .orElseThrow();

        assertThat(network.interfaces()).extracting(InterfaceConfig::mtu).containsExactly(Optional.of(1400L));
        assertThat(network.allRoutes())
                .containsExactly(
                        new RouteConfig("0.0.0.0/0", Optional.of("10.88.0.1"), Optional.of("eth0"), Optional.empty()),
                        new RouteConfig("10.99.0.0/16", Optional.of("10.88.0.2"), Optional.empty(), Optional.of(50L)),
                        new RouteConfig("::/0", Optional.of("fd00:88::1"), Optional.empty(), Optional.empty()),
                        new RouteConfig("192.0.2.0/24", Optional.empty(), Optional.of("eth0"), Optional.empty()));
    }

    @Test
    void refusesAnAnnotationThatCouldNotBecomeANetwork() {
        Failure failure = refused(document -> document.putObject("annotations").put("io.jmigrate.network", """
                        {"interfaces":[{"name":"eth0; rm -rf /","bridge":"","address":["10.88.0.5","::1/129"],
                          "mac":"03:42:0a:58:00:05","gateway":"300.1.1.1"},{"name":"a","bridge":"b","speed":9}]}
                        """));

        assertThat(failure.details())
                .extracting(line -> line.substring(line.indexOf(']') + 1, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        ".interfaces[0].name",
                        ".interfaces[0].bridge",
                        ".interfaces[0].address[0]",
                        ".interfaces[0].address[1]",
                        ".interfaces[0].mac",
                        ".interfaces[0].gateway",
                        ".interfaces[1].speed");
    }

    @Test
    void refusesRoutesThatLeadNowhere() {
        Failure failure = refused(document -> document.putObject("annotations").put("io.jmigrate.network", """
                        {"interfaces":[{"name":"eth0","bridge":"b","address":["fd00::5/64"],"mtu":1279}],
                         "routes":[{"destination":"10.0.0.0/8"},{"destination":"10.0.0.0","dev":"eth0"},
                                   {"destination":"default","via":"fe80::1","dev":"eth1","metric":-1},
                                   {"destination":"10.0.0.0/8","via":"fe80::1"},{"via":"1.2.3"},
                                   {"destination":"default","dev":"eth0","src":"10.0.0.1"}]}
                        """));

        assertThat(failure.details())
                .extracting(line -> line.substring(line.indexOf(']') + 1, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        ".interfaces[0].mtu",
                        ".routes[0]",
                        ".routes[1].destination",
                        ".routes[2].dev",
                        ".routes[2].metric",
                        ".routes[3].via",
                        ".routes[4].destination",
                        ".routes[4].via",
                        ".routes[5].src");
    }

    @Test
    void refusesTheHostsRootDirectoryAndAFileAsRootFilesystem() throws Exception {
        Files.createFile(bundle.resolve("file"));

        assertThat(refused(document -> Bundles.object(document, "root").put("path", "/"))
                        .details())
                .containsExactly("$.root.path: must not be the root directory of the host");
        assertThat(refused(document -> Bundles.object(document, "root").put("path", "file"))
                        .details())
                .containsExactly("$.root.path: is not a directory: " + bundle.resolve("file"));
    }

    @Test
    void judgesAProcessFileByTheSameRules() throws Exception {
        Path file = bundle.resolve("process.json");
        Files.writeString(file, "{\"terminal\":true,\"consoleSize\":{\"height\":65536},\"cwd\":\"x\",\"args\":[\"\"]}");

        Failure failure = catchThrowableOfType(Failure.class, () -> Configs.loadProcess(file));

        assertThat(failure.details())
                .containsExactly(
                        "$.consoleSize.height: must be from 0 to 65535, is 65536",
                        "$.args[0]: must name a program to execute, is empty",
                        "$.cwd: must be an absolute path, is \"x\"");
    }

    private Config accepted(Consumer<ObjectNode> change) {
        return Configs.load(Bundles.with(bundle, change));
    }

    private Failure refused(Consumer<ObjectNode> change) {
        Bundles.with(bundle, change);
        return catchThrowableOfType(Failure.class, () -> Configs.load(bundle));
    }

    private Failure refused(String json) {
        Bundles.withConfig(bundle, json);
        return catchThrowableOfType(Failure.class, () -> Configs.load(bundle));
    }

    private static ObjectNode process(ObjectNode document) {
        return Bundles.object(document, "process");
    }

    private static ObjectNode linux(ObjectNode document) {
        return Bundles.object(document, "linux");
    }

    private static ArrayNode mounts(ObjectNode document) {
        return (ArrayNode) document.get("mounts");
    }

    private static void map(ObjectNode document, String name, long containerId, long hostId, long size) {
        linux(document)
                .withArray(name)
                .addObject()
                .put("containerID", containerId)
                .put("hostID", hostId)
                .put("size", size);
    }
}
