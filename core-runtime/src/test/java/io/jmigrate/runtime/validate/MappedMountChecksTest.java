package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedMountChecksTest {
    @TempDir
    Path bundle;

    private static ObjectNode mount(ObjectNode document, String type, String... options) {
        ObjectNode mount = document.withArray("mounts").addObject();
        mount.put("destination", "/data").put("type", type).put("source", "/");
        List.of(options).forEach(mount.putArray("options")::add);
        return mount;
    }

    @Test
    void aMapIsForBindMountsAndForBothKindsOfIds() {
        assertThat(Refusals.of(bundle, document -> mount(document, "tmpfs")
                        .putArray("uidMappings")
                        .addObject()))
                .containsExactlyInAnyOrder(
                        "$.mounts[7]: only the ids of a bind mount can be mapped",
                        "$.mounts[7]: uidMappings and gidMappings need each other",
                        "$.mounts[7].uidMappings[0].size: must be at least 1");
    }

    @Test
    void anOptionAloneNeedsAUserNamespace() {
        assertThat(Refusals.of(bundle, document -> mount(document, "bind", "ridmap")))
                .containsExactly(
                        "$.mounts[7].options: mapped ids need uidMappings and gidMappings of the mount, or a user"
                                + " namespace in $.linux.namespaces whose maps they take");
    }

    @Test
    void aCopyOfWhatLiesBelowIsForATmpfs() {
        for (String type : List.of("bind", "ramfs")) {
            assertThat(Refusals.of(bundle, document -> mount(document, type, "tmpcopyup")))
                    .containsExactly("$.mounts[7].options: tmpcopyup needs a mount of the type tmpfs");
        }
    }
}
