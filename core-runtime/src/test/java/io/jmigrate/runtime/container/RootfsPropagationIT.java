package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How mounts spread from and to a container's root. */
class RootfsPropagationIT extends OnRealHost {
    /** Of a root and of a mount below it; a root that follows the host's has nothing to follow where that is private. */
    @ParameterizedTest
    @CsvSource({
        "private,'',''",
        "rprivate,'',''",
        "slave,'',''",
        "rslave,'',''",
        "shared,shared,''",
        "rshared,shared,shared",
        "unbindable,unbindable,''",
        "runbindable,unbindable,unbindable"
    })
    void isWhatTheConfigSays(String propagation, String root, String below) {
        TestBundle bundle = host.bundle().changed(config -> {
            ObjectNode linux = (ObjectNode) config.get("linux");
            linux.put("rootfsPropagation", propagation);
            ((ObjectNode) config.get("root")).put("readonly", false);
            ((ArrayNode) linux.get("readonlyPaths")).add("/etc");
            ((ArrayNode) linux.get("maskedPaths")).add("/data");
        });

        ContainerRecord record = host.start(bundle);

        List<MountInfo> mounts =
                MountInfo.ofProcess(record.state().init().orElseThrow().pid());
        assertThat(kind(mounts, "/")).isEqualTo(root);
        assertThat(kind(mounts, "/dev/shm")).isEqualTo(below);
        assertThat(host.exec(
                                record.id(),
                                "/bin/sh",
                                "-c",
                                "echo /data/*; touch /tmp/x && echo open; touch /etc/x 2>/dev/null || echo closed")
                        .output())
                .containsExactly("/data/*", "open", "closed");
    }

    private static String kind(List<MountInfo> mounts, String point) {
        return mounts.stream()
                .filter(mount -> mount.mountPoint().equals(point))
                .flatMap(mount -> mount.optionalFields().stream())
                .map(field -> field.replaceFirst(":.*", ""))
                .reduce("", (a, b) -> a + b);
    }
}
