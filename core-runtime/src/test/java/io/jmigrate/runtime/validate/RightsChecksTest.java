package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.spec.DefaultSpec;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RightsChecksTest {
    private static final Rights ORDINARY = new Rights(1000, 1001, false, true);

    @TempDir
    Path bundle;

    private Config resolve(Rights rights, Consumer<ObjectNode> change) throws IOException {
        ObjectNode document = DefaultSpec.rootless(1000, 1001).document();
        change.accept(document);
        Bundles.withConfig(bundle, new ObjectMapper().writeValueAsString(document));
        return Configs.resolve(bundle, Specs.read(bundle), rights);
    }

    private List<String> refused(Rights rights, Consumer<ObjectNode> change) {
        Failure failure = catchThrowableOfType(Failure.class, () -> resolve(rights, change));
        assertThat(failure).as("a refusal").isNotNull();
        return failure.details();
    }

    private static ObjectNode linux(ObjectNode document) {
        return (ObjectNode) document.get("linux");
    }

    private static ObjectNode namespace(ObjectNode document, String type) {
        for (JsonNode each : linux(document).get("namespaces")) {
            if (each.get("type").asText().equals(type)) {
                return (ObjectNode) each;
            }
        }
        return linux(document).withArray("namespaces").addObject().put("type", type);
    }

    @Test
    void takesTheRootlessSpecFromAnOrdinaryUser() throws IOException {
        assertThat(resolve(ORDINARY, document -> {}).namespaces().isNew(NamespaceKind.USER))
                .isTrue();
    }

    @Test
    void refusesTheNamespacesThatAnOrdinaryUserCanNeitherMakeNorJoin() {
        assertThat(refused(ORDINARY, document -> {
                    linux(document).remove(List.of("uidMappings", "gidMappings"));
                    linux(document).putArray("namespaces").addObject().put("type", "mount");
                    namespace(document, "network").put("path", "/proc/self/ns/net");
                    namespace(document, "time");
                    namespace(document, "pid");
                    namespace(document, "ipc");
                    namespace(document, "uts");
                }))
                .containsExactly(
                        "$.linux.namespaces: must have a new user namespace if an ordinary user makes the container",
                        "$.linux.namespaces[1].path: is for root: an ordinary user's container joins no namespaces",
                        "$.linux.namespaces[2]: is for root: an ordinary user's container has no time namespace");
    }

    @Test
    void refusesFilesystemsOfNamespacesThatAreTheHosts() {
        assertThat(refused(ORDINARY, document -> {
                    document.withArray("mounts")
                            .addObject()
                            .put("destination", "/other")
                            .put("type", "sysfs")
                            .put("source", "sysfs");
                }))
                .containsExactly(
                        "$.mounts[6]: needs a new network namespace in $.linux.namespaces, or to be a bind mount:"
                                + " only who owns the namespace may mount it anew");
    }

    @Test
    void refusesOtherGroupsWhereTheKernelFreezesThem() throws IOException {
        Consumer<ObjectNode> groups = document -> ((ObjectNode) document.at("/process/user"))
                .putArray("additionalGids")
                .add(0);

        assertThat(refused(ORDINARY, groups))
                .containsExactly(
                        "$.process.user.additionalGids: can't be had: the kernel lets nobody set groups where an"
                                + " ordinary user's own is the only one mapped");
        assertThat(resolve(Rights.ROOT, groups).process().user().additionalGids())
                .containsExactly(0L);
    }

    @Test
    void refusesNetworksAndMappedMounts() {
        assertThat(refused(ORDINARY, document -> {
                    namespace(document, "network");
                    linux(document).putObject("netDevices").putObject("eth0");
                    document.putObject("annotations")
                            .put("io.jmigrate.network", "{\"interfaces\":[{\"name\":\"eth0\",\"bridge\":\"jm0\"}]}");
                    ObjectNode mount = document.withArray("mounts")
                            .addObject()
                            .put("destination", "/data")
                            .put("source", bundle.toString());
                    mount.putArray("options").add("bind");
                    mount.putArray("uidMappings")
                            .addObject()
                            .put("containerID", 0)
                            .put("hostID", 0)
                            .put("size", 1);
                    mount.putArray("gidMappings")
                            .addObject()
                            .put("containerID", 0)
                            .put("hostID", 0)
                            .put("size", 1);
                }))
                .contains(
                        "$.linux.netDevices: is for root: devices of the host would go",
                        "$.annotations[\"io.jmigrate.network\"]: is for root: it changes the host's network",
                        "$.mounts[6]: is for root: an ordinary user can't map the ids of a mount");
    }

    @Test
    void refusesToDenySingleDevicesAnywhereButOnTheHostsRootsBehalf() throws IOException {
        Consumer<ObjectNode> rules = document -> {
            var devices = linux(document).putObject("resources").putArray("devices");
            devices.addObject().put("allow", false).put("access", "rwm");
            devices.addObject().put("allow", true).put("type", "c").put("major", 1);
            devices.addObject()
                    .put("allow", false)
                    .put("type", "c")
                    .put("major", 1)
                    .put("minor", 3);
        };
        Rights nested = new Rights(0, 0, false, true);

        for (Rights rights : List.of(ORDINARY, nested)) {
            assertThat(refused(rights, rules))
                    .containsExactly(
                            "$.linux.resources.devices[2]: is for root: nobody else can deny the use of a device that"
                                    + " the container has");
        }
        assertThat(resolve(Rights.ROOT, rules).resources().devices()).hasSize(3);
    }
}
