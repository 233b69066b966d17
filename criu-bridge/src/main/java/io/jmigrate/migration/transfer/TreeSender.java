package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Sends a directory tree in passes: first all of it, later what has changed since; of large files that the peer has, blocks that have
 * changed. What changes while it is read is no failure: a later pass finds out.
 */
public final class TreeSender {
    private static final long LARGE_FILE_BYTES = 32 << 10;

    private final Path root;
    private final Path seenAt;
    private final FileOutput out;
    private final boolean inMemory;
    private final SentNames sent;
    private final Set<FileKey> distrusted = new HashSet<>();
    private boolean comparesAll;

    private TreeSender(Path root, Path seenAt, boolean inMemory, FileOutput out) {
        this.root = root;
        this.seenAt = seenAt;
        this.inMemory = inMemory;
        this.sent = new SentNames(inMemory ? 1 : LARGE_FILE_BYTES);
        this.out = out;
    }

    /** @param progress hears what was sent so far */
    public TreeSender(Path root, Data data, Consumer<FilesMoved> progress) {
        this(root, root, data, progress);
    }

    /** @param seenAt where programs see the tree: where it is mounted, if it is a layer */
    public TreeSender(Path root, Path seenAt, Data data, Consumer<FilesMoved> progress) {
        this(root, seenAt, false, new FileOutput(data, progress));
    }

    /**
     * Of a filesystem in memory (tmpfs(5)), with nothing mounted in it. Writes to its files through mappings change no times, and who had one
     * can have ended: in the end all of its files are compared with what was sent.
     */
    public static TreeSender ofMemory(Path root, Data data, Consumer<FilesMoved> progress) {
        return new TreeSender(root, root, true, new FileOutput(data, progress));
    }

    /** What was sent so far. */
    public FilesMoved moved() {
        return out.moved();
    }

    /** Messages sent so far. */
    public long messages() {
        return out.messages();
    }

    /** These files count as changed each time from now on: their times don't tell all writes. */
    public void distrust(Set<FileKey> files) {
        distrusted.addAll(files);
    }

    /** No file changes from now on: the next look is the last one at what they contain. */
    public void standing() {
        comparesAll = inMemory;
    }

    /**
     * Looks at all names, by which a pass finds what differs from what was sent. Nothing else may be done with this object meanwhile; what
     * changes in the tree meanwhile is left to the next pass.
     */
    public TreeScan look() {
        try {
            return inMemory ? TreeWalk.ofDevice(root) : TreeWalk.of(root);
        } catch (IOException e) {
            throw TreePass.failed(root, e);
        }
    }

    /** Sends what may have changed: everything, the first time. */
    public void sendChanges(TreeScan seen) {
        sendWhatMayHaveChanged(seen);
    }

    /**
     * Sends what may have changed, when no program of the tree's writes any more: there is no later pass.
     *
     * @throws io.jmigrate.runtime.failure.Failure TRANSFER if something is changing all the same
     */
    public void sendLast(TreeScan seen) {
        requireAll(sendWhatMayHaveChanged(seen));
    }

    private List<String> sendWhatMayHaveChanged(TreeScan seen) {
        try (OpenedTree programs = OpenedTree.of(seenAt)) {
            return pass(seen, (path, before) -> {
                Stamp now = seen.found().get(path);
                return now.differsFrom(before) || isDistrusted(programs, path, now);
            });
        } catch (IOException e) {
            throw TreePass.failed(root, e);
        }
    }

    private void requireAll(List<String> unread) {
        if (!unread.isEmpty()) {
            throw Failure.of(
                    MigrationCode.TRANSFER,
                    JsonPath.quote(unread.getFirst()) + " of the root filesystem " + root
                            + " changed while the container stood still: somebody outside of it writes there");
        }
    }

    /**
     * Sends what has changed since a look that was sent and after which no file was written to: times tell all of that.
     *
     * @throws io.jmigrate.runtime.failure.Failure TRANSFER as with {@link #sendLast}
     */
    public void sendDifference(TreeScan seen) {
        requireAll(pass(seen, (path, before) -> seen.found().get(path).looksUnlike(before)));
    }

    /** @param programs the tree as these see it */
    private boolean isDistrusted(OpenedTree programs, String path, Stamp now) {
        if (comparesAll || distrusted.isEmpty() || now.kind() != Kind.FILE) {
            return comparesAll && now.kind() == Kind.FILE;
        }
        try {
            return distrusted.contains(
                    seenAt.equals(root) ? now.key() : programs.stamp(path).key());
        } catch (IOException e) {
            return false; // it has vanished meanwhile
        }
    }

    /** @return what could not be read because it is changing */
    private List<String> pass(TreeScan seen, BiPredicate<String, Stamp> differ) {
        try (OpenedTree tree = OpenedTree.of(root)) {
            TreePass pass = new TreePass(root, tree, seen, sent, out);
            pass.run(differ);
            return pass.unread();
        } catch (IOException e) {
            throw TreePass.failed(root, e);
        }
    }
}
