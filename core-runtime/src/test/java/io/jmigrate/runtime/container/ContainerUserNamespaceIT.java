package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Containers whose ids are other ids on the host. */
class ContainerUserNamespaceIT extends OnRealHost {
    @Test
    void isAnotherUserOnTheHost() throws Exception {
        ContainerRecord record = host.start(host.bundle().inUserNamespace());
        int pid = record.state().init().orElseThrow().pid();

        assertThat(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid")).isEqualTo(100_000);
        assertThat(host.exec(record.id(), "/bin/id", "-u").output()).containsExactly("0");
    }

    @Test
    void canOpenItsStandardStreams() {
        for (int uid : new int[] {0, 1000}) {
            TestBundle bundle = host.bundle().inUserNamespace().changed(config -> ((ObjectNode) config.get("process"))
                    .withObject("user")
                    .put("uid", uid)
                    .put("gid", uid));

            var outcome = host.run(bundle.shell("echo out > /dev/stdout; echo err > /dev/stderr"));

            assertThat(outcome.output()).containsExactly("out");
            assertThat(outcome.errors()).containsExactly("err");
        }
    }

    @Test
    void ownsItsMessageQueues() {
        var outcome = host.run(host.bundle().inUserNamespace().shell("stat -c '%u %g' /dev/mqueue"));

        assertThat(outcome.output()).containsExactly("0 0");
    }

    @Test
    void hasANameInAUtsNamespaceThatItJoins() {
        ContainerRecord other = host.start(host.bundle());
        int pid = other.state().init().orElseThrow().pid();
        TestBundle bundle = host.bundle().inUserNamespace().changed(config -> {
            config.put("hostname", "joined");
            for (JsonNode namespace : config.get("linux").get("namespaces")) {
                if (namespace.get("type").asText().equals("uts")) {
                    ((ObjectNode) namespace)
                            .put("path", Namespaces.path(pid, NamespaceKind.UTS).toString());
                }
            }
        });

        assertThat(host.run(bundle.shell("hostname")).output()).containsExactly("joined");
    }
}
