package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

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
    private final Set<String> realDirectories = new HashSet<>(Set.of(""));

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
        int slash = name.lastIndexOf('/');
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
        requireDirectory(slash < 0 ? "" : name.substring(0, slash), name);
        return root.resolve(name);
    }

    private void requireDirectory(String parent, String name) {
        if (realDirectories.contains(parent)) {
            return;
        }
        int slash = parent.lastIndexOf('/');
        requireDirectory(slash < 0 ? "" : parent.substring(0, slash), name);
        if (!Files.isDirectory(root.resolve(parent), LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name);
        }
        realDirectories.add(parent);
    }

    /** Something was removed or replaced: what is below it has to be looked at anew. */
    void forget(String name) {
        realDirectories.removeIf(known -> known.equals(name) || known.startsWith(name + "/"));
    }

    private static Failure refused(String name) {
        return Failure.of(
                MigrationCode.PEER_PROTOCOL, "the peer sent a name that leads out of the tree: " + shown(name));
    }

    /** A name as it may be printed. */
    static String shown(String name) {
        return name.substring(0, Math.min(name.length(), COMPONENT_BYTES_MAX)).replaceAll("\\p{Cntrl}", "?");
    }
}
