package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.json.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Names below one directory, as a peer gave them. Nobody else writes below it meanwhile, so a parent that was seen to be a real
 * directory stays one until this side itself removes it.
 */
final class TreePath {
    private static final int LENGTH_MAX = 4096;
    private static final int COMPONENT_BYTES_MAX = 255;
    /** Each level of a tree that is removed again takes a descriptor. */
    private static final int DEPTH_MAX = 255;

    private final Path root;
    /** The directory that was last seen to be one, as were all above it. Names come in order, so that it is mostly the next one's. */
    private String real = "";

    TreePath(Path root) {
        this.root = root;
    }

    /**
     * Where a name is, whose parents are all real directories below the root.
     *
     * @throws Failure PEER_PROTOCOL if it is not of the form {@code a/b/c} or leads through anything else
     */
    Path resolve(String name) {
        if (name.isEmpty()) {
            return root;
        }
        if (name.length() > LENGTH_MAX || name.indexOf('\0') >= 0) {
            throw refused(name);
        }
        String[] components = name.split("/", -1);
        if (components.length > DEPTH_MAX) {
            throw Failure.of(
                    MigrationCode.PEER_PROTOCOL,
                    "the root filesystem has directories within each other, more than " + DEPTH_MAX + ": "
                            + shown(name));
        }
        for (String component : components) {
            if (component.isEmpty()
                    || component.equals(".")
                    || component.equals("..")
                    || component.getBytes(StandardCharsets.UTF_8).length > COMPONENT_BYTES_MAX) {
                throw refused(name);
            }
        }
        requireDirectory(above(name), name);
        return root.resolve(name);
    }

    private void requireDirectory(String parent, String name) {
        if (isWithin(real, parent)) {
            return;
        }
        requireDirectory(above(parent), name);
        if (!Files.isDirectory(root.resolve(parent), LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name);
        }
        real = parent;
    }

    private static String above(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static boolean isWithin(String name, String directory) {
        return directory.isEmpty() || name.equals(directory) || name.startsWith(directory + "/");
    }

    /** Something was removed or replaced: what is below it has to be looked at anew. */
    void forget(String name) {
        if (isWithin(real, name)) {
            real = above(name);
        }
    }

    private static Failure refused(String name) {
        return Failure.of(
                MigrationCode.PEER_PROTOCOL, "the peer sent a name that leads out of the tree: " + shown(name));
    }

    /** A name as it may be printed. */
    static String shown(String name) {
        return Printable.beginning(name, COMPONENT_BYTES_MAX);
    }
}
