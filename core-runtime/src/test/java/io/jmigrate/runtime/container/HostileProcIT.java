package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that only look like those of /proc, to which what the runtime writes there would be led (CVE-2025-52881). */
class HostileProcIT extends OnRealHost {
    @Test
    void ofAnImageGetsNothing() throws IOException {
        TestBundle bundle = host.bundle()
                .changed(config ->
                        ((ObjectNode) config.get("linux")).putObject("sysctl").put("net.ipv4.ip_forward", "1"));
        Path parameter = bundle.rootfs().resolve("proc/sys/net/ipv4/ip_forward");
        Files.createDirectories(parameter.getParent());
        Path trap = Files.writeString(bundle.rootfs().resolve("etc/trap"), "trap");
        Files.createSymbolicLink(parameter, Path.of("/etc/trap"));

        assertThat(host.run(bundle.shell("cat /proc/sys/net/ipv4/ip_forward; cat /etc/trap"))
                        .output())
                .containsExactly("1", "trap");
        assertThat(trap).hasContent("trap");
    }

    @Test
    void ofAContainerGetsNothingWhenSomethingIsExecutedInIt() throws IOException {
        List<String> traps = List.of("/proc/self/oom_score_adj", "/proc/self/attr/exec", "/proc/self/setgroups");
        String script = "mount -t tmpfs none /proc && mkdir -p /proc/self/attr /proc/self/fd && touch "
                + String.join(" ", traps) + " /proc/made && sleep 1000";
        ContainerRecord record = host.start(host.bundle().shell(script).changed(HostileProcIT::allowMounts));
        await().until(() ->
                host.exec(record.id(), "/bin/test", "-e", "/proc/made").status().success());

        Child child = execute(record.id(), "/bin/sleep", "1000");

        assertThat(Path.of("/proc/" + child.pid() + "/oom_score_adj")).hasContent("77\n");
        for (String trap : traps) {
            assertThat(host.exec(record.id(), "/bin/cat", trap).output())
                    .as(trap)
                    .isEmpty();
        }
    }

    private Child execute(ContainerId id, String... args) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            return host.containers().exec().exec(ExecRequest.of(id, ExecProcess.of(args), streams));
        }
    }

    private static void allowMounts(ObjectNode config) {
        ObjectNode process = (ObjectNode) config.get("process");
        process.put("oomScoreAdj", 77);
        for (String set : List.of("bounding", "effective", "permitted")) {
            process.withObject("capabilities").withArray(set).add("CAP_SYS_ADMIN");
        }
    }
}
