package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;

/**
 * Sends a directory tree, and later what has changed in it since. A name that vanishes while it is read is no failure: the
 * second pass finds out. Sockets are not sent: they mean nothing without their process, which brings them itself.
 */
public final class TreeSender {
    private static final int CHUNK = 256 << 10;
    private static final byte[] ZEROS = new byte[CHUNK];

    private final Path root;
    private final Data data;
    private final LongConsumer progress;
    private final Map<String, Stamp> sent = new TreeMap<>();
    private Map<Long, String> linked = new HashMap<>();
    private final Set<FileKey> mapped = new HashSet<>();
    private long bytes;
    private long messages;

    /** @param progress hears the bytes sent so far */
    public TreeSender(Path root, Data data, LongConsumer progress) {
        this.root = root;
        this.data = data;
        this.progress = progress;
    }

    /** Bytes of content sent so far. */
    public long bytes() {
        return bytes;
    }

    /** Messages sent so far. */
    public long messages() {
        return messages;
    }

    /** These files count as changed each time from now on: their times don't tell all writes. */
    public void distrust(Set<FileKey> files) {
        mapped.addAll(files);
    }

    /** The full pass. */
    public void sendAll() {
        try {
            for (Map.Entry<String, Stamp> each : scan().entrySet()) {
                send(each.getKey(), each.getValue());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Looks for what differs from what was sent. Nothing else may be done with this object meanwhile; what changes in the tree
     * meanwhile may be missed.
     */
    public TreeScan look() {
        try {
            return new TreeScan(scan());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Sends the difference: what is gone first, then what is new or may have changed. */
    public void sendChanges(TreeScan seen) {
        send(seen, (now, before) -> now.differsFrom(before) || mapped.contains(now.key()));
    }

    private void send(TreeScan seen, BiPredicate<Stamp, Stamp> differ) {
        try {
            Map<String, Stamp> now = seen.found();
            linked = new HashMap<>();
            removeGone(now);
            for (Map.Entry<String, Stamp> each : now.entrySet()) {
                Stamp before = sent.get(each.getKey());
                if (before == null || differ.test(each.getValue(), before)) {
                    send(each.getKey(), each.getValue());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Sends what has changed since a look that was sent and after which no file was written to: times tell all of that. */
    public void sendDifference(TreeScan seen) {
        send(seen, Stamp::looksUnlike);
    }

    private void removeGone(Map<String, Stamp> now) {
        List<String> gone = new ArrayList<>();
        sent.forEach((path, stamp) -> {
            Stamp next = now.get(path);
            if (next == null || next.kind() != stamp.kind()) {
                gone.add(path);
            }
        });
        Collections.reverse(gone);
        for (String path : gone) {
            send(new DataMessage.EntryRemoved(path));
            sent.remove(path);
        }
    }

    /** Everything but sockets, parents before their children. */
    private Map<String, Stamp> scan() throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        found.put("", Stamp.of(root));
        scan(root, "", found);
        return found;
    }

    private void scan(Path directory, String prefix, Map<String, Stamp> found) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path each : names) {
                look(each, prefix + each.getFileName(), found);
            }
        } catch (NoSuchFileException e) {
            // the directory has vanished meanwhile
        }
    }

    private void look(Path each, String path, Map<String, Stamp> found) throws IOException {
        if (!root.resolve(path).equals(each)) {
            throw new IOException("the name " + path + " is not UTF-8");
        }
        try {
            Stamp stamp = Stamp.of(each);
            if (stamp.isSocket()) {
                return;
            }
            found.put(path, stamp);
            if (stamp.kind() == Kind.DIRECTORY) {
                scan(each, path + "/", found);
            }
        } catch (NoSuchFileException e) {
            // it has vanished meanwhile
        }
    }

    private void send(String path, Stamp stamp) throws IOException {
        Path file = root.resolve(path);
        String first =
                stamp.links() > 1 && stamp.kind() != Kind.DIRECTORY ? linked.putIfAbsent(stamp.inode(), path) : null;
        try {
            if (first != null) {
                send(new DataMessage.Entry(TreeEntry.hardLink(path, first)));
            } else {
                send(new DataMessage.Entry(entry(path, file, stamp)));
                sendContent(file, stamp);
            }
            sent.put(path, stamp);
        } catch (NoSuchFileException e) {
            linked.remove(stamp.inode(), path);
        }
    }

    private static TreeEntry entry(String path, Path file, Stamp stamp) throws IOException {
        Kind kind = stamp.kind();
        String link = kind == Kind.SYMLINK ? Files.readSymbolicLink(file).toString() : "";
        return new TreeEntry(
                path,
                kind,
                stamp.permissions(),
                stamp.uid(),
                stamp.gid(),
                kind == Kind.FILE ? stamp.size() : 0,
                stamp.mtimeNanos(),
                link,
                stamp.rdev(),
                Attributes.read(file));
    }

    private void sendContent(Path file, Stamp stamp) throws IOException {
        if (stamp.kind() != Kind.FILE) {
            return;
        }
        try (FileChannel in = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long offset = 0; offset < stamp.size(); ) {
                chunk.clear().limit((int) Math.min(CHUNK, stamp.size() - offset));
                int count = in.read(chunk, offset);
                if (count <= 0) {
                    return;
                }
                sendChunk(offset, Arrays.copyOf(chunk.array(), count));
                offset += count;
            }
        }
    }

    /** Zeros are not sent: what no message covers is a hole. */
    private void sendChunk(long offset, byte[] chunk) {
        if (!Arrays.equals(chunk, 0, chunk.length, ZEROS, 0, chunk.length)) {
            send(new DataMessage.EntryData(offset, chunk));
            bytes += chunk.length;
            progress.accept(bytes);
        }
    }

    private void send(DataMessage message) {
        data.send(message);
        messages++;
    }

    private Failure failed(IOException e) {
        return Failure.of(MigrationCode.TRANSFER, "cannot read the root filesystem " + root + ": " + IoReason.of(e))
                .withCause(e);
    }
}
