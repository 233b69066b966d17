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
import java.util.function.LongPredicate;

/** Looks at all names of a tree that others may change meanwhile; what vanishes before it was looked at is not there. */
final class TreeWalk {
    private final Path root;
    private final LongPredicate devices;
    private final Map<String, Stamp> found = new TreeMap<>();

    private TreeWalk(Path root, LongPredicate devices) {
        this.root = root;
        this.devices = devices;
    }

    static TreeScan of(Path root) throws IOException {
        return new TreeWalk(root, _ -> true).walk(Stamp.of(root));
    }

    /** What is on the device of the root alone: where a link has taken a directory's place meanwhile, it may lead anywhere. */
    static TreeScan ofDevice(Path root) throws IOException {
        Stamp stamp = Stamp.of(root);
        return new TreeWalk(root, device -> device == stamp.device()).walk(stamp);
    }

    private TreeScan walk(Stamp stamp) throws IOException {
        found.put("", stamp);
        directory(root, "");
        return new TreeScan(found);
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
            if (!devices.test(stamp.device())) {
                return;
            }
            found.put(path, stamp);
            if (stamp.kind() == Kind.DIRECTORY) {
                directory(each, path + "/");
            }
        } catch (NoSuchFileException e) {
            // it has vanished meanwhile
        }
    }
}
