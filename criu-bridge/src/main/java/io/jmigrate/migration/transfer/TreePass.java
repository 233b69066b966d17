package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Sends once what differs from what the peer has. All names of one file go together, so that they are one file at the peer too. What can't
 * be read because it has just changed is left to the next pass, which sees the change.
 */
final class TreePass {
    private final Path root;
    private final OpenedTree tree;
    private final Map<String, Stamp> now;
    private final SentNames sent;
    private final FileOutput out;
    private final FileContents contents;
    private final Map<FileKey, String> firsts = new HashMap<>();
    private final List<String> unread = new ArrayList<>();

    /** @param root by which it is called in failures @param tree stays open meanwhile */
    TreePass(Path root, OpenedTree tree, TreeScan seen, SentNames sent, FileOutput out) {
        this.root = root;
        this.tree = tree;
        this.now = seen.found();
        this.sent = sent;
        this.out = out;
        this.contents = new FileContents(out);
    }

    /** What is gone first, then what is new or differs. @param differ tells it by a name and what was noted when it was sent */
    void run(BiPredicate<String, Stamp> differ) {
        for (String path : sent.gone(now)) {
            out.removed(new DataMessage.EntryRemoved(path));
            sent.remove(path);
        }
        Set<String> changed = new HashSet<>();
        Set<FileKey> files = new HashSet<>();
        now.forEach((path, stamp) -> {
            if (sent.of(path).map(before -> differ.test(path, before.stamp())).orElse(true)) {
                changed.add(path);
                files.add(stamp.key());
            }
        });
        Map<FileKey, String> known = known(files);
        now.forEach((path, stamp) -> {
            if (!sent.hasParentOf(path)) {
                unread.add(path); // neither could that be read, and is changing
            } else if (stamp.hasOtherNames() && files.contains(stamp.key())) {
                oneOfSeveral(path, stamp, known.getOrDefault(stamp.key(), path));
            } else if (changed.contains(path)) {
                send(path, stamp);
            }
        });
    }

    private void send(String path, Stamp stamp) {
        if (!one(path, stamp)) {
            unread.add(path);
        }
    }

    /** What differed, and could not be read because it has changed since the look. */
    List<String> unread() {
        return unread;
    }

    /** Of files with several names that are sent, one that the peer has: what differs is enough for it, and the others are links to it. */
    private Map<FileKey, String> known(Set<FileKey> files) {
        Map<FileKey, String> known = new HashMap<>();
        now.forEach((path, stamp) -> {
            if (stamp.hasOtherNames()
                    && files.contains(stamp.key())
                    && sent.of(path)
                            .filter(before -> before.stamp().key().equals(stamp.key()))
                            .isPresent()) {
                known.putIfAbsent(stamp.key(), path);
            }
        });
        return known;
    }

    private void oneOfSeveral(String path, Stamp stamp, String known) {
        FileKey key = stamp.key();
        if (!firsts.containsKey(key)) {
            if (one(known, now.get(known)) && is(known, key)) {
                firsts.put(key, known);
            } else if (!known.equals(path) && one(path, stamp) && is(path, key)) {
                firsts.put(key, path);
            }
        }
        String first = firsts.get(key);
        if (first == null) {
            unread.add(path);
        } else if (!first.equals(path)) {
            sent.link(path, first, stamp);
            out.entry(new DataMessage.Entry(TreeEntry.hardLink(path, first)));
        }
    }

    /** Whether it was that file which was sent, and not one that has taken its name since the look. */
    private boolean is(String path, FileKey key) {
        return sent.of(path).filter(name -> name.stamp().key().equals(key)).isPresent();
    }

    /** @return whether all of it could be read */
    private boolean one(String path, Stamp seen) {
        try {
            if (seen.kind() == Kind.FILE) {
                file(path, seen);
            } else {
                other(path, seen);
            }
            return true;
        } catch (IOException | LinuxException e) {
            if (hasChanged(path, seen)) {
                return false;
            }
            String reason = e instanceof LinuxException linux ? linux.errno().text() : IoReason.of(e);
            throw failed(root, new IOException(JsonPath.quote(path) + ": " + reason, e));
        }
    }

    private boolean hasChanged(String path, Stamp seen) {
        try {
            return tree.stamp(path).looksUnlike(seen);
        } catch (IOException e) {
            return true;
        }
    }

    private void file(String path, Stamp seen) throws IOException {
        try (OpenedFile file = OpenedFile.open(tree.at(path))) {
            Stamp stamp = file.stamp();
            if (stamp.device() != seen.device()) {
                throw new NoSuchFileException(path); // something was mounted over a directory
            }
            TreeEntry entry = entry(path, stamp);
            boolean looksTheSame = sent.of(path)
                    .filter(before -> !stamp.looksUnlike(before.stamp()))
                    .isPresent();
            Optional<HeldBlocks> held = sent.again(path, noted(seen, stamp), stamp);
            if (held.isPresent()) {
                out.update(new DataMessage.EntryUpdate(entry), looksTheSame);
                contents.changes(file, held.get());
            } else {
                Optional<HeldBlocks> fresh = sent.anew(path, noted(seen, stamp), stamp.size());
                out.entry(new DataMessage.Entry(entry));
                contents.whole(file, fresh);
            }
        }
    }

    private void other(String path, Stamp seen) throws IOException {
        Stamp stamp = tree.stamp(path);
        if (stamp.kind() != seen.kind()) {
            throw new NoSuchFileException(path);
        }
        TreeEntry entry = entry(path, stamp);
        sent.anew(path, noted(seen, stamp), 0);
        out.entry(new DataMessage.Entry(entry));
    }

    /**
     * By which later changes show: by what the scan saw. After it was looked for mappings, and a write through one of these that no time
     * tells of may have been before the file was opened.
     */
    private static Stamp noted(Stamp seen, Stamp opened) {
        return seen.key().equals(opened.key()) ? seen : opened.unsettled();
    }

    private TreeEntry entry(String path, Stamp stamp) throws IOException {
        Path file = tree.at(path);
        return stamp.entry(path, file, Attributes.read(file));
    }

    static Failure failed(Path root, IOException e) {
        return Failure.of(MigrationCode.TRANSFER, "cannot read the root filesystem " + root + ": " + IoReason.of(e))
                .withCause(e);
    }
}
