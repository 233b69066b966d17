package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.config.DeviceType;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.DeviceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The device nodes. */
final class DeviceChecks {
    /** The kernel keeps 12 bits of a major and 20 of a minor number. */
    private static final long MAJOR_MAX = (1 << 12) - 1;

    private static final long MINOR_MAX = (1 << 20) - 1;

    private DeviceChecks() {}

    static void check(Subject subject, Problems problems) {
        List<DeviceSpec> devices = subject.spec().linux().devices();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            String path = JsonPath.element("$.linux.devices", i);
            checkPath(path + ".path", devices.get(i).path(), seen, problems);
            checkType(path, devices.get(i), problems);
        }
    }

    private static void checkPath(String path, String value, Set<String> seen, Problems problems) {
        if (value.isEmpty()) {
            problems.invalid(path, "is required");
        } else if (!value.startsWith("/") || ContainerPath.clean(value).equals("/")) {
            problems.invalid(path, "must be an absolute path of a file, is " + JsonPath.quote(value));
        } else if (!seen.add(ContainerPath.clean(value))) {
            problems.invalid(path, "is given twice: " + value);
        }
    }

    private static void checkType(String path, DeviceSpec device, Problems problems) {
        Optional<DeviceType> type = DeviceType.named(device.type());
        if (type.isEmpty()) {
            problems.invalid(path + ".type", "must be c, b, u or p, is " + JsonPath.quote(device.type()));
        } else if (type.get() != DeviceType.FIFO) {
            checkNumber(path + ".major", device.major(), MAJOR_MAX, problems);
            checkNumber(path + ".minor", device.minor(), MINOR_MAX, problems);
        }
    }

    private static void checkNumber(String path, Optional<Long> number, long max, Problems problems) {
        if (number.isEmpty()) {
            problems.invalid(path, "is required");
        } else if (number.get() > max) {
            problems.invalid(path, "must be from 0 to " + max + ", is " + number.get());
        }
    }
}
