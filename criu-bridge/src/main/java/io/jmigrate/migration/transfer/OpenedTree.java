package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A tree that others may change meanwhile. They can put a link to anywhere into a directory's place at any moment: so each directory is opened
 * from the root on without following links, and names are looked at in what was opened. Not for several threads.
 */
final class OpenedTree implements AutoCloseable {
    /** Something on the way is gone, or a directory no more. ENOTDIR comes for a link, too, where one should end the way. */
    private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP);

    private final Fd root;
    /** The directory that was opened last: names that follow each other are mostly in the same one. */
    private Fd directory;

    private String opened = "";

    private OpenedTree(Fd root) {
        this.root = root;
        this.directory = root;
    }

    /** @param root whose own parents nobody changes who changes the tree */
    static OpenedTree of(Path root) throws IOException {
        try {
            return new OpenedTree(Descriptors.open(root, OpenFlag.PATH, OpenFlag.DIRECTORY));
        } catch (LinuxException e) {
            throw new IOException(e.errno().text(), e);
        }
    }

    /**
     * A way to a name, good until another directory is asked for. Who follows no link at its end stays within the tree.
     *
     * @throws NoSuchFileException if the directory in which it would be is none by now
     */
    Path at(String path) throws NoSuchFileException {
        int slash = path.lastIndexOf('/');
        return directory(slash < 0 ? "" : path.substring(0, slash)).resolve(path.substring(slash + 1));
    }

    /** As {@link #at} of a directory, to list it: that does follow a link. */
    Path directory(String path) throws NoSuchFileException {
        if (!path.equals(opened)) {
            Fd next = path.isEmpty() ? root : open(path);
            leave();
            directory = next;
            opened = path;
        }
        return Path.of(directory.procPath() + "/.");
    }

    private Fd open(String path) throws NoSuchFileException {
        try {
            return Descriptors.openBeneath(root, path, OpenFlag.PATH, OpenFlag.DIRECTORY);
        } catch (LinuxException e) {
            if (GONE.contains(e.errno())) {
                throw new NoSuchFileException(path);
            }
            throw e;
        }
    }

    /** What a name looks like now. */
    Stamp stamp(String path) throws IOException {
        return Stamp.of(at(path));
    }

    private void leave() {
        if (directory != root) {
            directory.close();
        }
    }

    @Override
    public void close() {
        leave();
        root.close();
    }
}
