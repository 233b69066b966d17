package io.jmigrate.runtime.config;

import java.util.List;

/** The devices that every container has (config-linux.md, "Default Devices"). */
final class DefaultDevices {
    private static final long READ_WRITE_ALL = 0666;

    static final List<DeviceConfig> ALL = List.of(
            device("/dev/null", 1, 3),
            device("/dev/zero", 1, 5),
            device("/dev/full", 1, 7),
            device("/dev/random", 1, 8),
            device("/dev/urandom", 1, 9),
            device("/dev/tty", 5, 0));

    private DefaultDevices() {}

    private static DeviceConfig device(String path, long major, long minor) {
        return new DeviceConfig(path, DeviceType.CHARACTER, major, minor, READ_WRITE_ALL, 0, 0);
    }
}
