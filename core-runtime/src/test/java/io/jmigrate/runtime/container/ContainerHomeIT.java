package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.SecurityLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** HOME comes from the container's own /etc/passwd where its config gives none. */
class ContainerHomeIT extends OnRealHost {
    private TestBundle bundle(String... variables) throws IOException {
        TestBundle bundle = host.bundle().changed(config -> {
            ArrayNode env = ((ObjectNode) config.get("process")).putArray("env").add("PATH=/bin");
            List.of(variables).forEach(env::add);
        });
        Files.writeString(bundle.rootfs().resolve("etc/passwd"), """
                broken
                short:x:1000
                root:x:0:0:root:/root:/bin/sh
                bob:x:1000:1000::/home/bob:/bin/sh
                late:x:1000:1000::/late:/bin/sh
                none:x:1001:1001:::/bin/sh
                """);
        return bundle;
    }

    private String homeOf(ContainerId id, long uid) {
        ExecProcess process = new ExecProcess.Like(
                List.of("/bin/env"),
                List.of(),
                Optional.empty(),
                Optional.of(uid + ":0"),
                List.of(),
                List.of(),
                false,
                false,
                SecurityLabels.NONE);
        return String.join(
                " ",
                host.exec(id, process).output().stream()
                        .filter(line -> line.startsWith("HOME="))
                        .toList());
    }

    @Test
    void isThatOfTheUser() throws IOException {
        assertThat(host.run(bundle().running("/bin/env")).output()).containsExactly("PATH=/bin", "HOME=/root");

        ContainerRecord record = host.start(bundle("HOME="));
        assertThat(homeOf(record.id(), 0)).isEqualTo("HOME=/root");
        assertThat(homeOf(record.id(), 1000)).isEqualTo("HOME=/home/bob");
        assertThat(homeOf(record.id(), 1001)).isEqualTo("HOME=/");
        assertThat(homeOf(record.id(), 4_000_000_000L)).isEqualTo("HOME=/");
    }

    @Test
    void isTheOneOfTheConfigIfThatHasOne() throws IOException {
        assertThat(host.run(bundle("HOME=/mine").running("/bin/env")).output())
                .containsExactly("PATH=/bin", "HOME=/mine");
    }

    @Test
    void isTheRootWhereThePasswdFileIsNoFile() throws IOException {
        for (Path target : List.of(Path.of("/proc/self/fd/0"), Path.of("/dev/zero"), Path.of("/missing"))) {
            TestBundle bundle = bundle().running("/bin/env");
            Path passwd = bundle.rootfs().resolve("etc/passwd");
            Files.delete(passwd);
            Files.createSymbolicLink(passwd, target);
            assertThat(host.run(bundle).output()).as("%s", target).contains("HOME=/");
        }
    }
}
