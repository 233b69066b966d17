package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.NetDeviceConfig;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.NetDeviceSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The host's network devices that are to be the container's. */
final class NetDeviceChecks {
    private static final String PATH = "$.linux.netDevices";

    /** IFNAMSIZ without the closing NUL. */
    private static final int NAME_BYTES_MAX = 15;

    private NetDeviceChecks() {}

    static void check(Subject subject, Problems problems) {
        Map<String, NetDeviceSpec> devices = subject.spec().linux().netDevices();
        if (!devices.isEmpty() && !NamespaceChecks.isPrivate(subject.spec(), NamespaceKind.NETWORK)) {
            problems.invalid(PATH, "needs a network namespace in $.linux.namespaces that is not the host's");
        }
        Set<String> inside = new HashSet<>();
        devices.forEach((name, device) -> check(name, device, inside, problems));
    }

    private static void check(String name, NetDeviceSpec device, Set<String> inside, Problems problems) {
        String path = JsonPath.child(PATH, name);
        if (!isValid(name)) {
            problems.invalid(path, "is not the name of a network device");
        }
        String inner = device.name().orElse(name);
        if (!isValidInside(inner)) {
            problems.invalid(path + ".name", "is not the name of a network device: " + JsonPath.quote(inner));
        } else if (!inner.contains(NetDeviceConfig.TEMPLATE) && !inside.add(inner)) {
            problems.invalid(path, "would be the second device with the name " + inner + " in the container");
        }
    }

    /** The kernel takes {@code %d}, once, for a number that it chooses. */
    private static boolean isValidInside(String name) {
        String fixed = name.replaceFirst(NetDeviceConfig.TEMPLATE, "");
        return isValid(name) && fixed.indexOf('%') < 0;
    }

    /** As the kernel judges them (net/core/dev.c, dev_valid_name). */
    private static boolean isValid(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == ':' || c == ' ' || c >= '\t' && c <= '\r');
    }
}
