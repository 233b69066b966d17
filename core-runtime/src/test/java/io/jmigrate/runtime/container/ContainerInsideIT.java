package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a container's processes see, and what the host sees of them. */
class ContainerInsideIT extends OnRealHost {
    @Test
    void isAloneInItsNamespaces() {
        ContainerRecord record = host.start(host.bundle());
        int pid = record.state().init().orElseThrow().pid();

        assertThat(host.exec(record.id(), "/bin/hostname").output()).containsExactly("testhost");
        assertThat(host.exec(record.id(), "/bin/cat", "/proc/1/comm").output()).containsExactly("sleep");
        for (NamespaceKind kind : List.of(
                NamespaceKind.PID, NamespaceKind.MOUNT, NamespaceKind.NETWORK, NamespaceKind.IPC, NamespaceKind.UTS)) {
            String inside = host.exec(record.id(), "/bin/readlink", "/proc/self/ns/" + kind.procName())
                    .text();
            assertThat(inside).contains("[" + Namespaces.inode(pid, kind) + "]");
            assertThat(Namespaces.inode(pid, kind)).isNotEqualTo(Namespaces.ownInode(kind));
        }
    }

    @Test
    void seesItsMountsAndCanNotChangeWhatIsReadOnly() {
        TestBundle bundle = host.bundle()
                .changed(config -> ((ArrayNode) config.get("linux").get("maskedPaths")).add("/proc/version"))
                .shell("""
                grep -c ' /proc proc ' /proc/mounts
                grep -c ' /dev/shm tmpfs ' /proc/mounts
                grep -c ' /dev/mqueue mqueue ' /proc/mounts
                wc -c < /proc/version
                touch /file 2>/dev/null || echo root-read-only
                echo x 2>/dev/null > /proc/sys/kernel/hostname || echo sys-read-only
                echo x > /dev/null && test -c /dev/null && echo null-is-a-device
                touch /dev/shm/x && echo shm-writable
                """);

        assertThat(host.run(bundle).output())
                .containsExactly(
                        "1", "1", "1", "0", "root-read-only", "sys-read-only", "null-is-a-device", "shm-writable");
    }

    @Test
    void bindsHostDirectories() throws IOException {
        Path shared = Files.createDirectory(host.files().resolve("shared"));
        TestBundle bundle = host.bundle()
                .changed(config -> config.withArray("mounts")
                        .addObject()
                        .put("destination", "/data")
                        .put("type", "bind")
                        .put("source", shared.toString())
                        .withArray("options")
                        .add("rbind")
                        .add("rw"))
                .shell("echo content > /data/file");

        assertThat(host.run(bundle).status().success()).isTrue();
        assertThat(shared.resolve("file")).hasContent("content\n");
    }

    @Test
    void runsAsItsUserWithItsLimitsAndEnvironment() {
        TestBundle bundle = host.bundle()
                .changed(config -> {
                    ObjectNode process = (ObjectNode) config.get("process");
                    process.withObject("user")
                            .put("uid", 1234)
                            .put("gid", 2345)
                            .withArray("additionalGids")
                            .add(99);
                    process.put("cwd", "/tmp").put("oomScoreAdj", 321);
                    process.withArray("env").add("COLOUR=blue green");
                })
                .shell("id; pwd; echo $COLOUR; ulimit -n; cat /proc/self/oom_score_adj");

        assertThat(host.run(bundle).output())
                .containsExactly("uid=1234 gid=2345 groups=99", "/tmp", "blue green", "1024", "321");
    }

    @Test
    void hasTheCapabilitiesOfItsConfigAndNoMore() {
        TestBundle bundle = host.bundle().shell("grep -E 'Cap(Eff|Prm|Bnd|Amb)|NoNewPrivs' /proc/self/status");

        // CAP_KILL 5, CAP_NET_BIND_SERVICE 10, CAP_AUDIT_WRITE 29
        assertThat(host.run(bundle).output())
                .containsExactly(
                        "CapPrm:\t0000000020000420",
                        "CapEff:\t0000000020000420",
                        "CapBnd:\t0000000020000420",
                        "CapAmb:\t0000000000000000",
                        "NoNewPrivs:\t1");
    }

    @Test
    void isInItsCgroupsUnderItsLimits() throws IOException {
        TestBundle bundle = host.bundle().changed(config -> {
            ObjectNode resources = (ObjectNode) config.get("linux").get("resources");
            resources.putObject("memory").put("limit", 64 << 20);
            resources
                    .putObject("cpu")
                    .put("shares", 512)
                    .put("quota", 50_000)
                    .put("period", 100_000)
                    .put("cpus", "0");
            resources.putObject("pids").put("limit", 40);
        });
        ContainerRecord record = host.start(bundle);
        int pid = record.state().init().orElseThrow().pid();

        assertThat(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                .contains(record.id().value());
        assertThat(host.containers().cgroup(record).processes()).containsExactly(pid);
        if (record.cgroup().isUnified()) {
            Path directory = record.cgroup().unified().orElseThrow();
            assertThat(directory.resolve("memory.max")).hasContent((64 << 20) + "\n");
            assertThat(directory.resolve("pids.max")).hasContent("40\n");
            return;
        }
        assertThat(file(record, "memory", "memory.limit_in_bytes")).isEqualTo(Integer.toString(64 << 20));
        assertThat(file(record, "cpu", "cpu.shares")).isEqualTo("512");
        assertThat(file(record, "cpu", "cpu.cfs_quota_us")).isEqualTo("50000");
        assertThat(file(record, "cpuset", "cpuset.cpus")).isEqualTo("0");
        assertThat(file(record, "pids", "pids.max")).isEqualTo("40");
        assertThat(file(record, "devices", "devices.list"))
                .contains("c 1:3 rwm")
                .doesNotContain("a *:* rwm");
    }

    private static String file(ContainerRecord record, String controller, String name) throws IOException {
        return Files.readString(
                        record.cgroup().ofController(controller).orElseThrow().resolve(name))
                .strip();
    }

    @Test
    void joinsANetworkNamespaceByItsPath() {
        ContainerRecord first = host.start(host.bundle());
        Path held = first.networkNamespace().orElseThrow();
        TestBundle bundle = host.bundle().changed(config -> {
            for (var namespace : config.get("linux").withArray("namespaces")) {
                if (namespace.get("type").asText().equals("network")) {
                    ((ObjectNode) namespace).put("path", held.toString());
                }
            }
        });
        ContainerRecord second = host.start(bundle);

        assertThat(Namespaces.inode(second.state().init().orElseThrow().pid(), NamespaceKind.NETWORK))
                .isEqualTo(Namespaces.inode(first.state().init().orElseThrow().pid(), NamespaceKind.NETWORK));
    }

    @Test
    void hasALoopbackInterfaceThatIsUp() {
        assertThat(host.run(host.bundle().shell("ip link show lo")).text()).contains("UP");
    }

    @Test
    void executesWithDifferencesFromTheContainersProcess() {
        ContainerRecord record = host.start(host.bundle());
        ExecProcess process = new ExecProcess.Like(
                List.of("/bin/sh", "-c", "id; pwd; echo $TERM; grep CapEff /proc/self/status"),
                List.of("TERM=other"),
                Optional.of("/tmp"),
                Optional.of("0:7"),
                List.of(42L),
                List.of("CAP_CHOWN"),
                false,
                true,
                SecurityLabels.NONE);

        assertThat(host.exec(record.id(), process).output())
                .containsExactly("uid=0 gid=7 groups=42", "/tmp", "other", "CapEff:\t0000000020000421");
        assertThat(host.exec(record.id(), "/bin/sh", "-c", "exit 21").status().code())
                .isEqualTo(21);
    }

    @Test
    void tellsItsStateInTheFieldsThatRuncHas() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/runc")) || Files.isExecutable(Path.of("/usr/bin/runc")),
                "runc is not installed");
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle();
        String runcRoot = host.files().resolve("runc").toString();
        Capture.run(
                host.launcher(),
                List.of(
                        "runc",
                        "--root",
                        runcRoot,
                        "run",
                        "-d",
                        "-b",
                        bundle.directory().toString(),
                        id.value()),
                "");
        try {
            Capture theirs = Capture.run(host.launcher(), List.of("runc", "--root", runcRoot, "state", id.value()), "");
            host.start(id, bundle.changed(config -> config.withObject("linux").put("cgroupsPath", id + "-other")));

            assertThat(fieldNames(host.containers().state().json(id)))
                    .isEqualTo(fieldNames(String.join("", theirs.output())));
        } finally {
            Capture.run(host.launcher(), List.of("runc", "--root", runcRoot, "delete", "-f", id.value()), "");
        }
    }

    private static List<String> fieldNames(String json) throws IOException {
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(json).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
