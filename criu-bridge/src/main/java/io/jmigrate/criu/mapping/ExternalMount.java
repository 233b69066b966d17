package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
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
    /** It ends a key (criu/external.c): what follows in a name would be taken for a path of the host. */
    static final String KEY_END = "]:";

    /** @throws Failure FEATURE_MISSING if CRIU would take it for another one */
    public ExternalMount {
        Objects.requireNonNull(mountPoint);
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        if (mountPoint.contains(KEY_END) || name.contains(KEY_END)) {
            throw Failure.of(
                    CriuCode.FEATURE_MISSING,
                    "CRIU can't be told of a mount from outside at a place with \"" + KEY_END + "\" in its name: "
                            + name);
        }
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
