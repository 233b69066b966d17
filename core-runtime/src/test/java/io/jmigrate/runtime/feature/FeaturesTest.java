package io.jmigrate.runtime.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.validate.Configs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every feature that is said to be there is taken when a config asks for it, and what is not there is refused. */
class FeaturesTest {
    private static final ObjectNode DOCUMENT = Features.document(Map.of("a.b", "c"));

    @TempDir
    Path bundle;

    private static List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        DOCUMENT.at(pointer).forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private List<String> problems(Consumer<ObjectNode> change) {
        try {
            Configs.load(Bundles.with(bundle, change));
            return List.of();
        } catch (Failure e) {
            return e.details();
        }
    }

    private static ObjectNode linux(ObjectNode document) {
        return Bundles.object(document, "linux");
    }

    private static ObjectNode seccomp(ObjectNode document) {
        return linux(document).putObject("seccomp").put("defaultAction", "SCMP_ACT_ALLOW");
    }

    @Test
    void namesTheVersionsOfTheSpecificationThatAreTaken() {
        for (String pointer : List.of("/ociVersionMin", "/ociVersionMax")) {
            assertThat(problems(document ->
                            document.put("ociVersion", DOCUMENT.at(pointer).textValue())))
                    .isEmpty();
        }
    }

    @Test
    void namesWhatSeccompProfilesMaySay() {
        assertThat(texts("/linux/seccomp/actions")).contains("SCMP_ACT_KILL", "SCMP_ACT_NOTIFY", "SCMP_ACT_ERRNO");
        assertThat(problems(document -> {
                    ObjectNode seccomp = seccomp(document).put("listenerPath", "/agent");
                    texts("/linux/seccomp/archs").forEach(seccomp.putArray("architectures")::add);
                    texts("/linux/seccomp/supportedFlags").forEach(seccomp.putArray("flags")::add);
                    for (String action : texts("/linux/seccomp/actions")) {
                        ObjectNode rule =
                                seccomp.withArray("syscalls").addObject().put("action", action);
                        rule.putArray("names").add("read");
                        for (String operator : texts("/linux/seccomp/operators")) {
                            rule.withArray("args").addObject().put("value", 1).put("op", operator);
                        }
                    }
                }))
                .isEmpty();
    }

    @Test
    void namesNamespacesAndCapabilitiesAndMemoryPoliciesThatAreTaken() {
        assertThat(texts("/linux/namespaces")).contains("time", "cgroup", "user");
        assertThat(problems(document -> {
                    linux(document).putArray("namespaces");
                    texts("/linux/namespaces").forEach(type -> linux(document)
                            .withArray("namespaces")
                            .addObject()
                            .put("type", type));
                    for (String map : List.of("uidMappings", "gidMappings")) {
                        linux(document).putArray(map).addObject().put("size", 65_536);
                    }
                    ObjectNode sets = Bundles.object(document, "process").putObject("capabilities");
                    texts("/linux/capabilities").forEach(sets.putArray("bounding")::add);
                }))
                .isEmpty();
        for (String mode : texts("/linux/memoryPolicy/modes")) {
            assertThat(problems(document -> {
                        ObjectNode policy =
                                linux(document).putObject("memoryPolicy").put("mode", mode);
                        texts("/linux/memoryPolicy/flags").forEach(policy.putArray("flags")::add);
                        if (!mode.equals("MPOL_DEFAULT") && !mode.equals("MPOL_LOCAL")) {
                            policy.put("nodes", "0");
                        }
                    }))
                    .isEmpty();
        }
    }

    @Test
    void namesMountOptionsThatAreTaken() {
        assertThat(texts("/mountOptions"))
                .contains("ro", "rbind", "rslave", "noexec", "rro", "idmap", "tmpcopyup")
                .doesNotContain("size=1m");
        for (String option : texts("/mountOptions")) {
            assertThat(problems(document -> {
                        ObjectNode mount = document.withArray("mounts").addObject();
                        boolean bind = !option.equals("tmpcopyup") && !option.equals("remount");
                        mount.put("destination", option.equals("remount") ? "/dev/shm" : "/mnt")
                                .put("source", "/tmp")
                                .put("type", bind ? "bind" : "tmpfs");
                        mount.putArray("options").add(option);
                        if (option.endsWith("idmap")) {
                            mount.putArray("uidMappings").addObject().put("size", 1);
                            mount.putArray("gidMappings").addObject().put("size", 1);
                        }
                    }))
                    .as(option)
                    .isEmpty();
        }
    }

    /** What is refused is not said to be there, and the other way round. */
    @Test
    void agreesWithTheChecksOnSwitches() {
        assertAgrees("/linux/intelRdt/enabled", document -> linux(document).putObject("intelRdt"));
        assertAgrees(
                "/linux/netDevices/enabled",
                document -> linux(document).putObject("netDevices").putObject("eth0"));
        assertAgrees("/linux/seccomp/enabled", FeaturesTest::seccomp);
        assertAgrees("/linux/mountExtensions/idmap/enabled", document -> document.withArray("mounts")
                .addObject()
                .put("destination", "/mnt")
                .put("type", "tmpfs")
                .putArray("uidMappings")
                .addObject());
        for (String hook : List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststop")) {
            assertThat(isRefusedAsUnsupported(document -> document.putObject("hooks")
                            .putArray(hook)
                            .addObject()
                            .put("path", "/bin/true")))
                    .isNotEqualTo(texts("/hooks").contains(hook));
        }
    }

    private void assertAgrees(String pointer, Consumer<ObjectNode> change) {
        JsonNode flag = DOCUMENT.at(pointer);
        assertThat(flag.isBoolean()).as(pointer).isTrue();
        assertThat(isRefusedAsUnsupported(change)).as(pointer).isNotEqualTo(flag.booleanValue());
    }

    private boolean isRefusedAsUnsupported(Consumer<ObjectNode> change) {
        return problems(change).stream().anyMatch(problem -> problem.endsWith("is not supported"));
    }

    @Test
    void tellsOfTheRuntimeAndOfAnnotationsThatChangeWhatItDoes() {
        assertThat(DOCUMENT.at("/annotations/a.b").textValue()).isEqualTo("c");
        assertThat(texts("/potentiallyUnsafeConfigAnnotations"))
                .containsExactly("io.jmigrate.network", "io.jmigrate.rootfs");
    }
}
