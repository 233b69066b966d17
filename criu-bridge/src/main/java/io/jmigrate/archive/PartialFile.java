package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.NewFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that appears under its name only when it is complete and on disk. Until then it lies in a {@link
 * ScratchDirectory} beside it, readable by its owner alone, and is removed if it isn't completed.
 */
final class PartialFile implements AutoCloseable {
    private static final String NAME = "archive";
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Path target;
    private final ScratchDirectory scratch;
    private final FileChannel channel;
    private final WriteBehind out;

    private PartialFile(Path target, ScratchDirectory scratch, FileChannel channel) {
        this.target = target;
        this.scratch = scratch;
        this.channel = channel;
        this.out = new WriteBehind(channel);
    }

    /** @throws Failure ARCHIVE_EXISTS, ARCHIVE_IO */
    static PartialFile of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        requireNew(absolute);
        ScratchDirectory scratch = ScratchDirectory.beside(absolute);
        try {
            Path file = scratch.path().resolve(NAME);
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ALONE));
            Files.setPosixFilePermissions(file, OWNER_ALONE); // the umask may have taken the owner's, too
            return new PartialFile(absolute, scratch, channel);
        } catch (IOException e) {
            try (scratch) {
                throw e;
            }
        }
    }

    /** @throws Failure ARCHIVE_EXISTS if there is anything under that name, ARCHIVE_IO if there is no directory for it */
    static void requireNew(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(ArchiveCode.ARCHIVE_EXISTS, "archive " + target + " exists already");
        }
        NewFile.obstacle(target).ifPresent(why -> {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "archive " + target + " can't be written: " + why);
        });
    }

    /** Where the file is until it is completed. */
    Path path() {
        return scratch.path().resolve(NAME);
    }

    /** Writes to the file; closing it changes nothing. */
    WritableByteChannel out() {
        return out;
    }

    /** Brings the file to disk and gives it its name. Returns its size in bytes. */
    long complete() throws IOException {
        out.complete();
        long size = channel.size();
        requireNew(target);
        Files.move(scratch.path().resolve(NAME), target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            channel.close();
        }
    }
}
