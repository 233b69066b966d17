package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A regular file that is read while others change the tree around it.
 *
 * @param stamp of the file that was opened, whatever has its name by now
 */
record OpenedFile(Fd descriptor, Stamp stamp) implements AutoCloseable {
    /**
     * Opens what has the name now. Nothing else than a regular file is opened to be read: a FIFO would wait for a writer, and a device
     * would do whatever its driver does then.
     *
     * @throws NoSuchFileException if something else has the name
     * @throws io.jmigrate.runtime.linux.LinuxException if nothing has it, or it may not be read
     */
    static OpenedFile open(Path name) throws IOException {
        try (Fd found = Descriptors.open(name, OpenFlag.PATH, OpenFlag.NO_FOLLOW)) {
            Stamp stamp = Stamp.ofTarget(found.procPath());
            if (stamp.kind() != Kind.FILE) {
                throw new NoSuchFileException(name.toString());
            }
            return new OpenedFile(Descriptors.open(found.procPath()), stamp);
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
