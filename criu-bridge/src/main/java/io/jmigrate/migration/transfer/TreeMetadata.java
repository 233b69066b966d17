package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.FileTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Gives names their owner, mode, attributes and time of change. */
final class TreeMetadata {
    private TreeMetadata() {}

    /**
     * Owner first: changing it clears set-id bits and file capabilities. Nothing may be opened for it, since a FIFO would wait for a
     * writer, and a device would do whatever its driver does then: without following links, the JDK opens what it changes the mode of.
     * Attributes that don't belong to it are taken away: an earlier pass may have brought them, or a default list of the directory.
     */
    static void describe(Path path, TreeEntry entry) throws IOException {
        Files.setAttribute(path, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
        if (entry.kind() != Kind.SYMLINK) {
            Files.setAttribute(path, "unix:mode", entry.mode() & 07777);
            for (String name : ExtendedAttributes.names(path)) {
                if (Attributes.travels(name) && !entry.xattrs().containsKey(name)) {
                    ExtendedAttributes.remove(path, name);
                }
            }
            entry.xattrs().forEach((name, value) -> ExtendedAttributes.set(path, name, value));
        }
        FileTimes.setModified(path, entry.mtimeNanos());
    }
}
