package io.jmigrate.archive.rootfs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.MemberContent;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes what differs between a root filesystem and its base. Neither may be changed meanwhile: its container is frozen. */
public final class RootfsDifference {
    private static final int BUFFER_BYTES = 1 << 20;

    private RootfsDifference() {}

    /**
     * What differs, in files.
     *
     * @param directory for the files: exists, and is the caller's alone
     * @throws Failure ARCHIVE_NO_SPACE, or ARCHIVE_IO if something can't be read or carried
     */
    public static TakenFiles inFile(Path rootfs, RootfsBase base, Path directory) {
        try {
            Difference difference = DifferenceScan.of(rootfs, base);
            Path tar = directory.resolve("rootfs-diff.tar");
            writeTar(rootfs, difference, tar);
            return new TakenFiles(new MemberContent.InFile(tar), deleted(difference, directory));
        } catch (IOException | LinuxException e) {
            throw failure(rootfs, directory, e);
        }
    }

    /**
     * What differs, as a tar that is made when its turn comes: neither may be changed until then.
     *
     * @param directory for the names of what was deleted
     * @throws Failure as above
     */
    public static TakenFiles inPlace(Path rootfs, RootfsBase base, Path directory) {
        try {
            Difference difference = DifferenceScan.of(rootfs, base);
            return new TakenFiles(new TreeContent(rootfs, difference.changed()), deleted(difference, directory));
        } catch (IOException | LinuxException e) {
            throw failure(rootfs, directory, e);
        }
    }

    /**
     * All of a tree that is no root filesystem, such as a volume, as a tar that is made when its turn comes.
     *
     * @throws Failure as above
     */
    public static MemberContent wholeInPlace(Path tree) {
        try {
            return new TreeContent(tree, DifferenceScan.whole(tree).changed());
        } catch (IOException | LinuxException e) {
            throw unreadable(tree, e);
        }
    }

    /**
     * All of a tree that is no root filesystem, such as a volume, in a file.
     *
     * @param tar must not exist
     * @throws Failure as above
     */
    public static MemberContent wholeInFile(Path tree, Path tar) {
        try {
            writeTar(tree, DifferenceScan.whole(tree), tar);
            return new MemberContent.InFile(tar);
        } catch (IOException | LinuxException e) {
            throw failure(tree, tar.toAbsolutePath().getParent(), e);
        }
    }

    private static Failure failure(Path rootfs, Path directory, Exception e) {
        return FullDisk.at(directory)
                ? Failure.of(
                                ArchiveCode.ARCHIVE_NO_SPACE,
                                "no space is left in " + directory + " for the files of " + rootfs)
                        .withCause(e)
                : unreadable(rootfs, e);
    }

    private static Failure unreadable(Path tree, Exception e) {
        String why = IoReason.of(e);
        return Failure.of(ArchiveCode.ARCHIVE_IO, "the files of " + tree + " can't be kept: " + why)
                .withCause(e);
    }

    private static Optional<Path> deleted(Difference difference, Path directory) throws IOException {
        if (difference.deleted().isEmpty()) {
            return Optional.empty();
        }
        Path file = directory.resolve("deleted.files");
        Files.write(file, new ObjectMapper().writeValueAsBytes(difference.deleted()), StandardOpenOption.CREATE_NEW);
        return Optional.of(file);
    }

    private static void writeTar(Path rootfs, Difference difference, Path file) throws IOException {
        try (PaxTarOutput tar = new PaxTarOutput(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES))) {
            new TreeTar(rootfs, tar).write(difference.changed());
        }
    }
}
