package io.jmigrate.migration.transfer;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.SpecialFiles;
import io.jmigrate.runtime.linux.SymbolicLinks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a tree from what a peer sends, below one directory and nowhere else; keeps nothing of names, however many come. A failure is
 * PEER_PROTOCOL, PEER_REFUSED or TRANSFER.
 */
public final class TreeReceiver implements AutoCloseable {
    private final Path root;
    private final TreePath paths;
    private final TreeGuard guard;
    private final ParentTime parent = new ParentTime();

    private Optional<IncomingFile> open = Optional.empty();
    private FilesMoved moved = FilesMoved.NONE;

    /** @param root exists; nobody else writes below it */
    public TreeReceiver(Path root, TreeRules rules) {
        this(root, new TreeGuard(rules));
    }

    /** @param guard counts what comes for others, too */
    public TreeReceiver(Path root, TreeGuard guard) {
        this.root = root;
        this.paths = new TreePath(root);
        this.guard = guard;
    }

    /** What has come so far. */
    public FilesMoved moved() {
        return moved;
    }

    /** A name, new or changed. */
    public void entry(TreeEntry entry) {
        guard.entry(entry);
        step(entry.path(), () -> {
            Path path = begin(entry.path());
            if (entry.kind() == Kind.DIRECTORY) {
                directory(path, entry);
                return;
            }
            paths.forget(entry.path());
            remove(path);
            make(path, entry);
        });
    }

    /** A regular file that is there has changed; its content stays, cut or extended to its new size, but for what follows. */
    public void update(TreeEntry entry) {
        guard.entry(entry);
        step(entry.path(), () -> {
            Path path = begin(entry.path());
            if (entry.kind() != Kind.FILE || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw broken("a change of a file that was not sent");
            }
            open = Optional.of(IncomingFile.again(path, entry));
        });
    }

    /** The file before is complete. @return where the name is; what is there may be replaced, but for the root */
    private Path begin(String name) throws IOException {
        finishFile();
        Path path = paths.resolve(name);
        if (path.equals(root)) {
            parent.leave();
        } else {
            parent.enter(path.getParent());
        }
        return path;
    }

    private void directory(Path path, TreeEntry entry) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            remove(path);
            Files.createDirectory(path);
        }
        TreeMetadata.describe(path, entry);
    }

    private void make(Path path, TreeEntry entry) throws IOException {
        switch (entry.kind()) {
            case FILE -> open = Optional.of(IncomingFile.make(path, entry));
            case HARD_LINK -> hardLink(path, entry);
            case SYMLINK -> {
                SymbolicLinks.make(path, entry.link());
                TreeMetadata.describe(path, entry);
            }
            case FIFO -> special(path, SpecialFiles.Type.FIFO, entry);
            case SOCKET -> special(path, SpecialFiles.Type.SOCKET, entry);
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
        TreeMetadata.describe(path, entry);
    }

    /** Bytes of the file announced last. */
    public void data(long offset, byte[] bytes) {
        IncomingFile file = holding(offset, bytes.length);
        guard.content(offset, bytes.length);
        moved = file.isNew() ? moved.whole(bytes.length) : moved.block(bytes.length);
        step(file.entry().path(), () -> file.data(offset, bytes));
    }

    /** Zeros of the file announced last. */
    public void zeros(long offset, long bytes) {
        IncomingFile file = holding(offset, bytes);
        if (bytes > 0) {
            step(file.entry().path(), () -> file.zeros(offset, bytes));
        }
    }

    private IncomingFile holding(long offset, long bytes) {
        return open.filter(file -> file.holds(offset, bytes)).orElseThrow(() -> broken("bytes outside of a file"));
    }

    /** A name that exists no more. */
    public void removed(String name) {
        guard.countName();
        moved = moved.oneRemoved();
        step(name, () -> {
            Path path = begin(name);
            paths.forget(name);
            remove(path);
        });
    }

    /** A pass is complete: the last file is finished, and the last directory has its time. */
    public void finish() {
        step("", () -> {
            finishFile();
            parent.leave();
        });
    }

    private void finishFile() throws IOException {
        if (open.isPresent()) {
            IncomingFile file = open.get();
            close();
            TreeMetadata.describe(file.path(), file.entry());
        }
    }

    private void remove(Path path) throws IOException {
        if (path.equals(root)) {
            throw broken("the root removed, or not a directory");
        }
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

    private interface Step {
        void take() throws IOException;
    }

    private void step(String name, Step step) {
        try {
            step.take();
        } catch (IOException | LinuxException | IllegalArgumentException e) {
            throw WriteFailure.of(Path.of(root + "/" + TreePath.shown(name)), root, e);
        }
    }

    @Override
    public void close() {
        Optional<IncomingFile> file = open;
        open = Optional.empty();
        file.ifPresent(IncomingFile::close);
    }
}
