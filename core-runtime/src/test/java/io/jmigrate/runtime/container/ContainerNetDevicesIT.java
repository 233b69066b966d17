package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.launch.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices of the host that become a container's. */
class ContainerNetDevicesIT extends OnRealHost {
    private String first;
    private String second;

    @BeforeEach
    void makeDevices() {
        first = "jmd" + RealHost.newId().value().substring(1);
        second = "jme" + RealHost.newId().value().substring(1);
        tool("ip", "link", "add", first, "type", "veth", "peer", "name", second);
    }

    @AfterEach
    void removeDevices() {
        Capture.run(host.launcher(), List.of("ip", "link", "delete", first), "");
    }

    private Capture tool(String... argv) {
        Capture said = Capture.run(host.launcher(), List.of(argv), "");
        assertThat(said.status().success())
                .as("%s: %s", List.of(argv), said.errors())
                .isTrue();
        return said;
    }

    private static Consumer<ObjectNode> device(String name, String inner) {
        return config -> config.withObject("/linux/netDevices").putObject(name).put("name", inner);
    }

    private boolean isOnTheHost(String device) {
        return Files.exists(Path.of("/sys/class/net", device));
    }

    @Test
    void keepTheirGlobalAddressesAndComeUpUnderTheirNewNames() throws IOException {
        tool("ip", "link", "set", first, "up", "mtu", "1437", "address", "02:00:00:00:d0:01");
        tool("ip", "address", "add", "10.213.78.5/24", "dev", first);
        tool("ip", "address", "add", "169.254.9.9/16", "scope", "link", "dev", first);
        tool("ip", "address", "add", "fd00:78::5/64", "nodad", "dev", first);
        Path seen = host.files().resolve("seen");
        TestBundle bundle = host.bundle().changed(device(first, "eth0").andThen(device(second, "eth%d")));
        bundle.changed(config -> {
            ObjectNode hook =
                    config.withObject("/hooks").withArray("createContainer").addObject();
            hook.put("path", "/bin/sh").putArray("args").add("sh").add("-c").add("cat /proc/net/dev >" + seen);
        });

        ContainerRecord record = host.start(bundle);

        assertThat(isOnTheHost(first)).isFalse();
        assertThat(isOnTheHost(second)).isFalse();
        String inside = host.exec(record.id(), "/bin/ip", "address").text();
        assertThat(inside)
                .containsPattern("eth0@.*<BROADCAST,MULTICAST,UP.* mtu 1437")
                .containsPattern("eth1@.*<BROADCAST,MULTICAST,UP")
                .contains("02:00:00:00:d0:01")
                .contains("inet 10.213.78.5/24 scope global eth0", "inet6 fd00:78::5/64 scope global")
                .doesNotContain("169.254.9.9");
        assertThat(host.exec(record.id(), "/bin/ip", "route").text()).contains("10.213.78.0/24 dev eth0");
        assertThat(Files.readAllLines(seen)).as("what a hook finds").anyMatch(line -> line.contains("eth0:"));
    }

    @Test
    void moveIntoThePlaceOfARestoreWhichIsLocked() {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "nft is not installed");
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle().changed(device(first, "eth0"));
        try (RestoreSlot slot = host.containers().prepareRestore(RestoreReservation.of(id, bundle.directory()))) {
            String enter = "--net=" + slot.network().namespace().orElseThrow();
            assertThat(isOnTheHost(first)).isFalse();
            assertThat(tool("nsenter", enter, "ip", "link", "show", "dev", "eth0")
                            .output()
                            .toString())
                    .contains("UP");
            assertThat(tool("nsenter", enter, "nft", "list", "tables").output().toString())
                    .contains("jmigrate-lock");
            assertThat(slot.network().lock()).isPresent();
        }

        assertThat(host.leftovers(id)).isEmpty();
    }

    /** All are looked at first: one that can't move keeps the others where they are. */
    @Test
    void stayWhereTheyAreIfOneOfThemCannotMove() {
        assertThatThrownBy(() ->
                        host.start(host.bundle().changed(device(first, "eth0").andThen(device("jmnone", "x")))))
                .hasMessage("cannot move the network device jmnone of the host into the container:"
                        + " there is none of that name");
        assertThatThrownBy(() ->
                        host.start(host.bundle().changed(device(second, "eth0").andThen(device(first, "lo")))))
                .hasMessage("cannot move the network device " + first + " of the host into the container:"
                        + " its network namespace has a device with the name lo already");

        assertThat(isOnTheHost(first)).isTrue();
        assertThat(isOnTheHost(second)).isTrue();
        assertThat(host.containers().store().ids()).isEmpty();
    }
}
