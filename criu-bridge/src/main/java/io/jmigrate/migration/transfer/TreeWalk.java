package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Looks at all names of a tree that others may change meanwhile; what vanishes before it was looked at is not there. */
final class TreeWalk {
    private final Path root;
    private final Map<String, Stamp> found = new TreeMap<>();

    private TreeWalk(Path root) {
        this.root = root;
    }

    static TreeScan of(Path root) throws IOException {
        TreeWalk walk = new TreeWalk(root);
        walk.found.put("", Stamp.of(root));
        walk.directory(root, "");
        return new TreeScan(walk.found);
    }

    private void directory(Path directory, String prefix) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path each : names) {
                name(each, prefix + each.getFileName());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // it has vanished meanwhile
        }
    }

    private void name(Path each, String path) throws IOException {
        if (!root.resolve(path).equals(each)) {
            throw new IOException("the name " + path + " is not UTF-8");
        }
        try {
            Stamp stamp = Stamp.of(each);
            found.put(path, stamp);
            if (stamp.kind() == Kind.DIRECTORY) {
                directory(each, path + "/");
            }
        } catch (NoSuchFileException e) {
            // it has vanished meanwhile
        }
    }
}
