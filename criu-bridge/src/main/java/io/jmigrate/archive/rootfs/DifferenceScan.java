package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.transfer.Attributes;
import io.jmigrate.migration.transfer.Stamp;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what differs between a root filesystem, which nobody changes meanwhile, and its base. */
final class DifferenceScan {
    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final String REDIRECT = "trusted.overlay.redirect";

    private final Path rootfs;
    private final TreeMap<String, Stamp> changed = new TreeMap<>();
    private final Set<String> deleted = new LinkedHashSet<>();

    private DifferenceScan(Path rootfs) {
        this.rootfs = rootfs;
    }

    static Difference of(Path rootfs, RootfsBase base) throws IOException {
        DifferenceScan scan = new DifferenceScan(rootfs);
        switch (base) {
            case RootfsBase.Tree(Path root) -> scan.compare(root, "");
            case RootfsBase.Overlay overlay -> scan.upper(overlay, "");
        }
        return new Difference(scan.changed, List.copyOf(scan.deleted));
    }

    /** All of a tree, with the directory itself. */
    static Difference whole(Path tree) throws IOException {
        DifferenceScan scan = new DifferenceScan(tree);
        scan.all("");
        return new Difference(scan.changed, List.of());
    }

    /** Names of a directory in their order, which are UTF-8, as all names in archives are. */
    private static SortedSet<String> names(Path directory) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!directory.resolve(name).equals(child)) {
                    throw new IOException("the name " + name + " in " + directory + " is not UTF-8");
                }
                names.add(name);
            }
        }
        return names;
    }

    private static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Compares with a base of its own. */
    private void compare(Path base, String directory) throws IOException {
        Set<String> here = names(rootfs.resolve(directory));
        Set<String> there = names(base.resolve(directory));
        for (String name : here) {
            String path = below(directory, name);
            Path before = base.resolve(path);
            if (!there.contains(name)) {
                all(path);
            } else if (look(path, Stamp.of(before), before)) {
                compare(base, path);
            }
        }
        for (String name : there) {
            if (!here.contains(name)) {
                deleted.add(below(directory, name));
            }
        }
    }

    /** Notes what differs. @return whether it is a directory and was one before */
    private boolean look(String path, Stamp before, Path beforePath) throws IOException {
        Stamp now = Stamp.of(rootfs.resolve(path));
        if (now.isSocket()) {
            return false;
        }
        if (before.isSocket() || now.kind() != before.kind()) {
            all(path); // whoever applies it makes room for it
            return false;
        }
        if (differs(path, now, before, beforePath)) {
            changed.put(path, now);
        }
        return now.kind() == Kind.DIRECTORY;
    }

    /**
     * As rsync(1) does unasked: the content of files of one size and one time of change is the same. A directory's times and links come
     * of what is in it.
     */
    private boolean differs(String path, Stamp now, Stamp before, Path beforePath) throws IOException {
        if (now.mode() != before.mode() || now.uid() != before.uid() || now.gid() != before.gid()) {
            return true;
        }
        boolean differs =
                switch (now.kind()) {
                    case DIRECTORY -> false;
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> now.rdev() != before.rdev();
                    case SYMLINK ->
                        !Files.readSymbolicLink(rootfs.resolve(path)).equals(Files.readSymbolicLink(beforePath));
                    default ->
                        now.size() != before.size()
                                || now.mtimeNanos() != before.mtimeNanos()
                                || now.links() != before.links();
                };
        return differs || !sameAttributes(rootfs.resolve(path), beforePath);
    }

    private static boolean sameAttributes(Path one, Path other) throws IOException {
        Map<String, byte[]> ones = Attributes.read(one);
        Map<String, byte[]> others = Attributes.read(other);
        return ones.keySet().equals(others.keySet())
                && ones.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), others.get(e.getKey())));
    }

    /** Notes a path with everything below it. */
    private void all(String path) throws IOException {
        Stamp now = Stamp.of(rootfs.resolve(path));
        if (now.isSocket()) {
            return;
        }
        changed.put(path, now);
        if (now.kind() == Kind.DIRECTORY) {
            for (String name : names(rootfs.resolve(path))) {
                all(below(path, name));
            }
        }
    }

    /** The upper layer tells which names to look at; what they are is read where all layers are one. */
    private void upper(RootfsBase.Overlay overlay, String directory) throws IOException {
        Set<String> here = names(overlay.upper().resolve(directory));
        for (String name : here) {
            String path = below(directory, name);
            Path upper = overlay.upper().resolve(path);
            Stamp stamp = Stamp.of(upper);
            if (isWhiteout(stamp)) {
                deleted.add(path);
            } else if (!stamp.isSocket()) {
                changed.put(path, Stamp.of(rootfs.resolve(path)));
                if (stamp.kind() == Kind.DIRECTORY) {
                    requireNoRedirect(upper);
                    upper(overlay, path);
                }
            }
        }
        if (isOpaque(overlay.upper().resolve(directory))) {
            hidden(overlay, directory, here);
        }
    }

    private static boolean isWhiteout(Stamp stamp) {
        return !stamp.isSocket() && stamp.kind() == Kind.CHARACTER_DEVICE && stamp.rdev() == 0;
    }

    private static boolean isOpaque(Path directory) {
        return ExtendedAttributes.names(directory).contains(OPAQUE)
                && new String(ExtendedAttributes.get(directory, OPAQUE), StandardCharsets.US_ASCII).equals("y");
    }

    private static void requireNoRedirect(Path directory) throws IOException {
        if (ExtendedAttributes.names(directory).contains(REDIRECT)) {
            throw new IOException(
                    directory + " was renamed, and what is below it stands elsewhere in the lower layers");
        }
    }

    /** An opaque directory hides what the lower layers have there. */
    private void hidden(RootfsBase.Overlay overlay, String directory, Set<String> here) throws IOException {
        for (Path lower : overlay.lowers()) {
            Path there = lower.resolve(directory);
            if (isDirectory(there)) {
                for (String name : names(there)) {
                    String path = below(directory, name);
                    boolean marksOnly = isWhiteout(Stamp.of(there.resolve(name)));
                    if (!marksOnly && !here.contains(name)) {
                        deleted.add(path);
                    }
                }
            }
        }
    }
}
