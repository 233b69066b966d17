package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.FileTimes;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.SpecialFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes a tree from what a peer sends, below one directory and nowhere else. A failure is PEER_PROTOCOL,
 * PEER_REFUSED or TRANSFER. */
public final class TreeReceiver implements AutoCloseable {
    private final Path root;
    private final TreePath paths;
    private final TreeGuard guard;
    private final Map<Path, TreeEntry> directories = new LinkedHashMap<>();
    private FileChannel out;
    private Path outPath;
    private TreeEntry outEntry;

    /** @param root exists; nobody else writes below it */
    public TreeReceiver(Path root, TreeRules rules) {
        this.root = root;
        this.paths = new TreePath(root);
        this.guard = new TreeGuard(rules);
    }

    /** A name, new or changed. */
    public void entry(TreeEntry entry) {
        guard.entry(entry);
        try {
            finishFile();
            Path path = paths.resolve(entry.path());
            if (entry.kind() == Kind.DIRECTORY) {
                directory(path, entry);
                return;
            }
            if (path.equals(root)) {
                throw broken("a root that is not a directory");
            }
            paths.forget(entry.path());
            remove(path);
            make(path, entry);
        } catch (IOException | LinuxException | IllegalArgumentException e) {
            throw failed(entry.path(), e);
        }
    }

    private void directory(Path path, TreeEntry entry) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            remove(path);
            Files.createDirectory(path);
        }
        describe(path, entry);
        directories.put(path, entry);
    }

    private void make(Path path, TreeEntry entry) throws IOException {
        switch (entry.kind()) {
            case FILE -> {
                out = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                outPath = path;
                outEntry = entry;
            }
            case HARD_LINK -> hardLink(path, entry);
            case SYMLINK -> {
                Files.createSymbolicLink(path, Path.of(entry.link()));
                own(path, entry);
                time(path, entry);
            }
            case FIFO -> special(path, SpecialFiles.Type.FIFO, entry);
            case CHARACTER_DEVICE -> special(path, SpecialFiles.Type.CHARACTER_DEVICE, entry);
            case BLOCK_DEVICE -> special(path, SpecialFiles.Type.BLOCK_DEVICE, entry);
            case DIRECTORY -> throw new IllegalStateException("directories are made elsewhere");
        }
    }

    private void hardLink(Path path, TreeEntry entry) throws IOException {
        Path first = paths.resolve(entry.link());
        if (!Files.exists(first, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(first, LinkOption.NOFOLLOW_LINKS)) {
            throw broken("a second name of a file that was not sent");
        }
        Files.createLink(path, first);
    }

    private static void special(Path path, SpecialFiles.Type type, TreeEntry entry) throws IOException {
        SpecialFiles.make(path, type, entry.mode(), entry.device());
        describe(path, entry);
    }

    /** Bytes of the file announced last. */
    public void data(long offset, byte[] bytes) {
        if (out == null || offset > outEntry.size() - bytes.length) {
            throw broken("bytes outside of a file");
        }
        guard.content(bytes.length);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer, offset + buffer.position());
            }
        } catch (IOException e) {
            throw failed(outEntry.path(), e);
        }
    }

    /** A name that exists no more. */
    public void removed(String name) {
        guard.countName();
        try {
            finishFile();
            Path path = paths.resolve(name);
            if (path.equals(root)) {
                throw broken("the removal of the root");
            }
            paths.forget(name);
            directories.remove(path);
            remove(path);
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /** A pass is complete: the last file is finished, and directories get the times that making their content has changed. */
    public void finish() {
        try {
            finishFile();
            for (Map.Entry<Path, TreeEntry> each : directories.entrySet()) {
                if (Files.isDirectory(each.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                    time(each.getKey(), each.getValue());
                }
            }
        } catch (IOException | LinuxException e) {
            throw failed("", e);
        }
    }

    private void finishFile() throws IOException {
        if (out == null) {
            return;
        }
        try (FileChannel file = out) {
            if (file.size() < outEntry.size()) {
                file.write(ByteBuffer.wrap(new byte[1]), outEntry.size() - 1);
            }
        }
        out = null;
        describe(outPath, outEntry);
    }

    /**
     * Owner first: changing it clears set-id bits and file capabilities. Nothing may be opened for it, since a FIFO would wait for a
     * writer, and a device would do whatever its driver does then: without following links, the JDK opens what it changes the mode of.
     */
    private static void describe(Path path, TreeEntry entry) throws IOException {
        own(path, entry);
        Files.setAttribute(path, "unix:mode", entry.mode() & 07777); // never that of a symbolic link
        entry.xattrs().forEach((name, value) -> {
            if (!Attributes.travels(name)) {
                throw broken("an attribute of the host's policy");
            }
            ExtendedAttributes.set(path, name, value);
        });
        time(path, entry);
    }

    private static void own(Path path, TreeEntry entry) throws IOException {
        Files.setAttribute(path, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static void time(Path path, TreeEntry entry) {
        FileTimes.setModified(path, entry.mtimeNanos());
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    remove(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }

    private Failure failed(String name, Exception e) {
        return WriteFailure.of(Path.of(root + "/" + TreePath.shown(name)), root, e);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw failed(outEntry.path(), e);
        }
    }
}
