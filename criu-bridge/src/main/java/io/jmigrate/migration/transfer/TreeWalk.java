package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** Looks at all names of a tree that others may change meanwhile; what vanishes before it was looked at is not there. */
final class TreeWalk {
    private final OpenedTree tree;
    private final LongPredicate devices;
    private final Map<String, Stamp> found = new TreeMap<>();

    private TreeWalk(OpenedTree tree, LongPredicate devices) {
        this.tree = tree;
        this.devices = devices;
    }

    static TreeScan of(Path root) throws IOException {
        return of(root, _ -> true);
    }

    /** What is on the device of the root alone, and not what is mounted in it. */
    static TreeScan ofDevice(Path root) throws IOException {
        long device = Stamp.of(root).device();
        return of(root, each -> each == device);
    }

    /** @param devices of which names are looked at */
    static TreeScan of(Path root, LongPredicate devices) throws IOException {
        try (OpenedTree tree = OpenedTree.of(root)) {
            TreeWalk walk = new TreeWalk(tree, devices);
            walk.found.put("", tree.stamp(""));
            walk.directory("");
            return new TreeScan(walk.found);
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** One after the other, so that a tree of any depth takes but few descriptors. */
    private void directory(String path) throws IOException {
        String prefix = path.isEmpty() ? "" : path + "/";
        List<String> directories = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(tree.directory(path))) {
            for (Path each : names) {
                if (isDirectory(each, prefix + each.getFileName())) {
                    directories.add(prefix + each.getFileName());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // it has vanished meanwhile
        }
        for (String each : directories) {
            directory(each);
        }
    }

    /** Notes a name. @return whether there are others below it */
    private boolean isDirectory(Path each, String path) throws IOException {
        if (!Path.of(path).getFileName().equals(each.getFileName())) {
            throw new IOException("the name " + path + " is not UTF-8");
        }
        try {
            Stamp stamp = Stamp.of(each);
            if (!devices.test(stamp.device())) {
                return false;
            }
            found.put(path, stamp);
            return stamp.kind() == Kind.DIRECTORY;
        } catch (NoSuchFileException e) {
            return false; // it has vanished meanwhile
        }
    }
}
