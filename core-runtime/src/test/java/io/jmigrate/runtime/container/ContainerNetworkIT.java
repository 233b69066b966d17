package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers on a bridge, and the places that restored containers get. */
class ContainerNetworkIT {
    private static final String HOST_ADDRESS = "10.213.77.1";
    private static final String ADDRESS = "10.213.77.5";
    private static final String MAC = "02:42:0a:d5:4d:05";

    private RealHost host;
    private String bridge;

    @BeforeEach
    void makeABridge() {
        host = RealHost.open();
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "nft is not installed");
        bridge = "jmb" + RealHost.newId().value().substring(1);
        tool("ip", "link", "add", bridge, "type", "bridge");
        tool("ip", "address", "add", HOST_ADDRESS + "/24", "dev", bridge);
        tool("ip", "link", "set", bridge, "up");
    }

    @AfterEach
    void removeTheBridge() {
        if (host != null) {
            try {
                host.containers().store().ids().forEach(id -> host.containers()
                        .delete()
                        .delete(new DeleteRequest(id, true)));
                Capture.run(host.launcher(), List.of("ip", "link", "delete", bridge), "");
            } finally {
                host.close();
            }
        }
    }

    private Capture tool(String... argv) {
        Capture said = Capture.run(host.launcher(), List.of(argv), "");
        assertThat(said.status().success())
                .as("%s: %s", List.of(argv), said.errors())
                .isTrue();
        return said;
    }

    private boolean answers() {
        return Capture.run(host.launcher(), List.of("busybox", "ping", "-c", "1", "-W", "1", ADDRESS), "")
                .status()
                .success();
    }

    private TestBundle bundle() {
        String network = """
                {"interfaces": [{"name": "eth0", "bridge": "%s", "address": ["%s/24", "fd00:77::5/64"],
                                 "mac": "%s", "mtu": 1437, "gateway": "%s"}],
                 "routes": [{"destination": "default", "via": "fd00:77::1", "metric": 7},
                            {"destination": "10.214.0.0/16", "via": "10.213.77.9", "metric": 5},
                            {"destination": "10.215.1.0/24", "dev": "eth0"},
                            {"destination": "fd00:99::/48", "via": "fd00:77::9", "dev": "eth0"}]}
                """.formatted(bridge, ADDRESS, MAC, HOST_ADDRESS);
        return host.bundle().changed(config -> config.putObject("annotations").put("io.jmigrate.network", network));
    }

    @Test
    void isReachableAtItsAddressUntilItsLinkGoesDown() {
        ContainerRecord record = host.start(bundle());
        NetworkAttachment network = host.containers().network(record).orElseThrow();

        assertThat(answers()).isTrue();
        assertThat(host.containers().statistics().read(record.id()).interfaces())
                .singleElement()
                .satisfies(eth0 -> {
                    assertThat(eth0.name()).isEqualTo("eth0");
                    assertThat(eth0.received().packets()).isPositive();
                    assertThat(eth0.sent().bytes()).isPositive();
                });
        assertHasItsAddressesAndRoutes(record.networkNamespace().orElseThrow());
        assertThat(tool("ip", "neigh", "show", "dev", bridge).output().toString())
                .contains(MAC);
        network.linkDown();
        assertThat(answers()).isFalse();
        network.linkUp();
        await().until(this::answers);
        assertHasItsAddressesAndRoutes(record.networkNamespace().orElseThrow());
    }

    private void assertHasItsAddressesAndRoutes(Path namespace) {
        String enter = "--net=" + namespace;
        assertThat(tool("nsenter", enter, "ip", "address").output().toString())
                .contains("mtu 1437", MAC, "inet " + ADDRESS + "/24", "inet6 fd00:77::5/64", "<LOOPBACK,UP");
        assertThat(tool("nsenter", enter, "ip", "route").output())
                .map(String::strip)
                .contains(
                        "default via " + HOST_ADDRESS + " dev eth0",
                        "10.214.0.0/16 via 10.213.77.9 dev eth0 metric 5",
                        "10.215.1.0/24 dev eth0 scope link");
        assertThat(tool("nsenter", enter, "ip", "-6", "route").output().toString())
                .contains(
                        "default via fd00:77::1 dev eth0 metric 7", "fd00:99::/48 via fd00:77::9 dev eth0 metric 1024");
    }

    @Test
    void dropsAllPacketsWhileItIsLocked() {
        ContainerRecord record = host.start(bundle());
        NetworkLock lock = host.containers().networkLock(record).orElseThrow();

        lock.lock();
        lock.lock();
        assertThat(answers()).isFalse();
        lock.unlock();
        lock.unlock();
        assertThat(answers()).isTrue();
        lock.lock();
        assertThat(answers()).isFalse();
        lock.remove();
        lock.remove();
        assertThat(answers()).isTrue();
    }

    @Test
    void locksAsNftReadsIt() {
        ContainerRecord record = host.start(bundle());

        host.containers().networkLock(record).orElseThrow().lock();

        String namespace = "--net=" + record.networkNamespace().orElseThrow();
        assertThat(tool("nsenter", namespace, "nft", "list", "table", "inet", "jmigrate-lock")
                        .output())
                .map(String::strip)
                .containsExactly(
                        "table inet jmigrate-lock {",
                        "chain in {",
                        "type filter hook input priority -400; policy drop;",
                        "meta mark 0x0000c114 accept",
                        "}",
                        "",
                        "chain out {",
                        "type filter hook output priority -400; policy drop;",
                        "meta mark 0x0000c114 accept",
                        "}",
                        "}");
    }

    @Test
    void announcesItselfToItsNeighbours() {
        ContainerRecord record = host.start(bundle());
        assertThat(answers()).isTrue();
        tool("ip", "neigh", "replace", ADDRESS, "lladdr", "02:00:00:00:00:99", "dev", bridge, "nud", "stale");

        host.containers().network(record).orElseThrow().announce();

        await().untilAsserted(() -> assertThat(tool("ip", "neigh", "show", ADDRESS, "dev", bridge)
                        .output()
                        .toString())
                .contains(MAC));
    }

    @Test
    void preparesAPlaceForARestoreAndTakesItAway() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = bundle();
        try (RestoreSlot slot = host.containers().prepareRestore(RestoreReservation.of(id, bundle.directory()))) {
            assertThat(host.containers().inspect(id).state().word()).isEqualTo("creating");
            assertThat(slot.root().resolve("bin/busybox")).exists();
            assertThat(slot.network().namespace()).isPresent();
            assertThat(slot.cgroup().processes()).isEmpty();
            assertThat(answers()).isFalse();
            slot.network().attachment().orElseThrow().linkUp();
            assertThat(answers()).isFalse();
            slot.network().lock().orElseThrow().unlock();
            assertThat(answers()).isTrue();
            assertHasItsAddressesAndRoutes(slot.network().namespace().orElseThrow());
        }

        assertThat(host.leftovers(id)).isEmpty();
        assertThat(bundle.rootfs().resolve("bin/busybox")).exists();
    }

    @Test
    void becomesARunningContainerWhenTheRestoreIsComplete() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = bundle();
        host.containers()
                .prepareRestore(RestoreReservation.of(id, bundle.directory()))
                .leave();
        RestoreSlot slot = host.containers().reopenRestore(id);
        int pid = host.launcher()
                .launch(Launch.of(Path.of("/bin/busybox"), "sleep", "100"))
                .pid();
        ProcessRef restored = Processes.find(pid).orElseThrow();
        ContainerRecord record = slot.complete(restored);
        try {
            assertThat(record.state().init()).contains(restored);
            assertThat(host.containers().inspect(id).state().word()).isEqualTo("running");
            assertThat(slot.root()).doesNotExist();
        } finally {
            Processes.kill(restored, Signal.KILL);
        }
        host.containers().delete().delete(new DeleteRequest(id, true));
        assertThat(host.leftovers(id)).isEmpty();
        assertThat(bundle.rootfs().resolve("bin/busybox")).exists();
    }
}
