package io.jmigrate.runtime.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.MemoryPolicy;
import io.jmigrate.runtime.config.MountOptions;
import io.jmigrate.runtime.config.Namespaces;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompArchitecture;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.seccomp.SeccompOperator;
import io.jmigrate.runtime.spec.Specs;
import io.jmigrate.runtime.validate.SupportedFields;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The features document. All of it comes from the tables by which configs are read and judged. As the specification has it, a feature is
 * there if the runtime can do it, whether or not this host's kernel can.
 */
public final class Features {
    private static final String OCI_VERSION_MIN = "1.0.0";

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private Features() {}

    /**
     * The document.
     *
     * @param annotations facts about this runtime by reverse domain names
     */
    public static ObjectNode document(Map<String, String> annotations) {
        Features features = new Features();
        features.document.put("ociVersionMin", OCI_VERSION_MIN);
        features.document.put("ociVersionMax", Specs.OCI_VERSION);
        put(features.document, "hooks", names(HookKind.values(), HookKind::specName));
        put(features.document, "mountOptions", MountOptions.supported().stream());
        features.linux(features.document.putObject("linux"));
        new TreeMap<>(annotations).forEach(features.document.putObject("annotations")::put);
        put(
                features.document,
                "potentiallyUnsafeConfigAnnotations",
                Stream.of(NetworkConfig.ANNOTATION, RootLayers.ANNOTATION));
        return features.document;
    }

    private void linux(ObjectNode linux) {
        put(linux, "namespaces", names(NamespaceKind.values(), Namespaces::ociName));
        put(linux, "capabilities", names(Capability.values(), Capability::name));
        ObjectNode cgroup = linux.putObject("cgroup");
        cgroup.put("v1", true).put("v2", true).put("systemd", true).put("systemdUser", false);
        cgroup.put("rdma", SupportedFields.has("linux.resources", "rdma"));
        seccomp(linux.putObject("seccomp").put("enabled", SupportedFields.has("linux", "seccomp")));
        enabled(linux, "apparmor", SupportedFields.has("process", "apparmorProfile"));
        enabled(linux, "selinux", SupportedFields.has("process", "selinuxLabel"));
        enabled(linux, "intelRdt", SupportedFields.has("linux", "intelRdt"));
        enabled(linux.putObject("mountExtensions"), "idmap", SupportedFields.has("mounts", "uidMappings"));
        enabled(linux, "netDevices", SupportedFields.has("linux", "netDevices"));
        ObjectNode memoryPolicy = linux.putObject("memoryPolicy");
        put(memoryPolicy, "modes", names(MemoryPolicy.Mode.values(), MemoryPolicy.Mode::ociName));
        put(memoryPolicy, "flags", names(MemoryPolicy.Flag.values(), MemoryPolicy.Flag::ociName));
    }

    private static void seccomp(ObjectNode seccomp) {
        put(seccomp, "actions", SeccompAction.ociNames().stream());
        put(seccomp, "operators", names(SeccompOperator.values(), SeccompOperator::ociName));
        put(seccomp, "archs", names(SeccompArchitecture.values(), SeccompArchitecture::ociName));
        put(seccomp, "knownFlags", names(SeccompFlag.values(), SeccompFlag::ociName));
        put(seccomp, "supportedFlags", names(SeccompFlag.values(), SeccompFlag::ociName));
    }

    private static void enabled(ObjectNode parent, String name, boolean value) {
        parent.putObject(name).put("enabled", value);
    }

    private static <T> Stream<String> names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name);
    }

    private static void put(ObjectNode object, String name, Stream<String> values) {
        ArrayNode array = object.putArray(name);
        values.sorted().forEach(array::add);
    }
}
