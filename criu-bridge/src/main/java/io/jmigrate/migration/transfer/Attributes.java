package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The extended attributes that travel: those that belong to the files' content, not to the host's policy about them. */
public final class Attributes {
    /** What a program can do without being root's: as good as a set-user-id bit (capabilities(7)). */
    public static final String CAPABILITIES = "security.capability";

    /** A directory of an upper layer hides what lower ones have there (overlayfs.rst, "whiteouts and opaque directories"). */
    private static final String OPAQUE = "trusted.overlay.opaque";

    private Attributes() {}

    /** Whether an attribute of that name is one of them. */
    public static boolean travels(String name) {
        return name.startsWith("user.")
                || name.equals(CAPABILITIES)
                || name.equals(OPAQUE)
                || name.equals("system.posix_acl_access")
                || name.equals("system.posix_acl_default");
    }

    /** Those of a file that travel, by name. */
    public static Map<String, byte[]> read(Path file) throws NoSuchFileException {
        Map<String, byte[]> found = new TreeMap<>();
        try {
            for (String name : ExtendedAttributes.names(file)) {
                if (travels(name)) {
                    found.put(name, ExtendedAttributes.get(file, name));
                }
            }
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ENOENT)) {
                throw new NoSuchFileException(file.toString());
            }
            throw e;
        }
        return found;
    }
}
