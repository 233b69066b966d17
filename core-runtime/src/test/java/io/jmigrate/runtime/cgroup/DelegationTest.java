package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a container's cgroup. */
class DelegationTest {
    @TempDir
    private Path directory;

    private static Config config(Path directory, Consumer<ObjectNode> change) {
        Path bundle = Bundles.with(directory, change);
        return Config.resolve(bundle, Specs.read(bundle).spec());
    }

    private OptionalLong owner(Consumer<ObjectNode> change) {
        return Delegation.owner(config(directory, change));
    }

    private static void confine(ObjectNode document) {
        Bundles.object(document, "linux").withArray("namespaces").addObject().put("type", "cgroup");
    }

    private static void mount(ObjectNode document, String... options) {
        ObjectNode mount = document.putArray("mounts")
                .addObject()
                .put("destination", "/sys/fs/cgroup")
                .put("type", "cgroup")
                .put("source", "cgroup");
        for (String option : options) {
            mount.withArray("options").add(option);
        }
    }

    /** Of a container whose process is user 100007 of the host. */
    static Config delegated(Path directory) {
        return config(directory, document -> {
            confine(document);
            mount(document, "nosuid");
            Bundles.object(document, "process", "user").put("uid", 7);
            ObjectNode linux = Bundles.object(document, "linux");
            linux.withArray("namespaces").addObject().put("type", "user");
            for (String map : new String[] {"uidMappings", "gidMappings"}) {
                linux.putArray(map)
                        .addObject()
                        .put("containerID", 0)
                        .put("hostID", 100_000)
                        .put("size", 65_536);
            }
        });
    }

    @Test
    void isTheHostsUserOfTheContainersProcess() {
        assertThat(Delegation.owner(delegated(directory))).hasValue(100_007);
    }

    @Test
    void isNobodyWhereTheTreeIsReadOnlyOrNotMounted() {
        assertThat(owner(document -> {
                    confine(document);
                    mount(document, "ro");
                }))
                .isEmpty();
        assertThat(owner(document -> {
                    confine(document);
                    document.putArray("mounts");
                }))
                .isEmpty();
    }

    @Test
    void isNobodyWhereTheContainerSeesTheHostsTree() {
        assertThat(owner(document -> {
                    mount(document);
                    Bundles.object(document, "linux")
                            .putArray("namespaces")
                            .addObject()
                            .put("type", "mount");
                }))
                .isEmpty();
    }
}
