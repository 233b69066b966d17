package io.jmigrate.criu.mapping;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A mount of the container whose content belongs to the host.
 *
 * @param mountPoint inside the container, as the kernel has it
 * @param name by which the images refer to it
 * @param source on the host
 */
public record ExternalMount(String mountPoint, String name, Path source) {
    public ExternalMount {
        Objects.requireNonNull(mountPoint);
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
    }

    /** For a dump: the mount at this place is not dumped and gets that name (criu(8), {@code --external mnt[KEY]:VALUE}). */
    String forDump() {
        return "mnt[" + mountPoint + "]:" + name;
    }

    /** For a restore: the mount of that name comes from this path of the host. */
    String forRestore() {
        return "mnt[" + name + "]:" + source;
    }
}
