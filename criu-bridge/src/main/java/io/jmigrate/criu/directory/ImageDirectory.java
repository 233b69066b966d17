package io.jmigrate.criu.directory;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.inspect.NeededImages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directories of one dump or restore, open as CRIU needs them: for the images, and for its log and statistics. */
public final class ImageDirectory implements AutoCloseable {
    /** CRIU writes it last and reads it first (criu/image.c). */
    private static final String INVENTORY = "inventory.img";

    private static final String IMAGE_SUFFIX = ".img";

    private final Path path;
    private final Path logDirectory;
    private final String logFile;
    private final boolean made;
    private final Set<String> before;
    private final Fd fd;
    private final Optional<Fd> workFd;

    private ImageDirectory(Path path, Optional<Path> work, String logFile, boolean made, Set<String> before) {
        this.path = path;
        this.logDirectory = work.orElse(path);
        this.logFile = logFile;
        this.made = made;
        this.before = before;
        this.fd = Descriptors.open(path, OpenFlag.DIRECTORY);
        this.workFd = work.map(directory -> Descriptors.open(directory, OpenFlag.DIRECTORY));
    }

    /** For a dump: made if it is missing, for root alone, with what is missing above it, and without images in it. */
    public static ImageDirectory toWrite(Path directory, Optional<Path> work, String logFile) {
        makeWork(work);
        try {
            boolean made = make(directory);
            Set<String> before = names(directory);
            if (before.stream().anyMatch(name -> name.endsWith(IMAGE_SUFFIX))) {
                throw Failure.of(CriuCode.IMAGES_INVALID, directory + " holds images already")
                        .withRemedy("name a new directory, or an empty one: --image-path");
            }
            return new ImageDirectory(directory, work, logFile, made, before);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot use " + directory + " for images: " + why(e))
                    .withRemedy("name a new directory, or an empty one, that can be written to: --image-path")
                    .withCause(e);
        }
    }

    /** For a restore. */
    public static ImageDirectory toRead(Path directory, Optional<Path> work, String logFile) {
        try {
            requireComplete(directory);
            makeWork(work);
            return new ImageDirectory(directory, work, logFile, false, names(directory));
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read images from " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** @throws Failure IMAGES_INVALID if it holds nothing that could be restored, or a process lacks an image */
    public static void requireNeeded(Path directory) {
        requireComplete(directory);
        NeededImages.require(io.jmigrate.criu.inspect.ImageDirectory.at(directory));
    }

    /** @throws Failure IMAGES_INVALID if it holds nothing that could be restored */
    public static void requireComplete(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "there is no image directory " + directory)
                    .withRemedy("jmigrate checkpoint --image-path makes one");
        }
        if (!Files.isRegularFile(directory.resolve(INVENTORY))) {
            throw Failure.of(CriuCode.IMAGES_INVALID, directory + " holds no complete images");
        }
    }

    private static void makeWork(Optional<Path> work) {
        work.ifPresent(directory -> {
            try {
                make(directory);
            } catch (IOException e) {
                throw Failure.of(CriuCode.IMAGES_INVALID, "cannot use " + directory + " as work directory: " + why(e))
                        .withRemedy("--work-path names a directory for CRIU's log, which is made if it is missing")
                        .withCause(e);
            }
        });
    }

    /** What is there in place of a directory is a file, of that name or above it. */
    private static String why(IOException e) {
        return e instanceof FileAlreadyExistsException taken ? taken.getFile() + " is not a directory" : IoReason.of(e);
    }

    private static boolean make(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            return false;
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    public Path path() {
        return path;
    }

    public Path log() {
        return logDirectory.resolve(logFile);
    }

    public String logFile() {
        return logFile;
    }

    public Fd fd() {
        return fd;
    }

    public Optional<Fd> workFd() {
        return workFd;
    }

    /** Removes what a failed dump has left, but for the log; the directory too if it was made here and holds no log. */
    public void discard() {
        try {
            Set<String> left = new HashSet<>(names(path));
            left.removeAll(before);
            left.remove(logFile);
            for (String name : List.copyOf(left)) {
                Files.deleteIfExists(path.resolve(name));
            }
            if (made && names(path).isEmpty()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.IMAGES_INVALID,
                            "cannot remove half-made images from " + path + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    @Override
    public void close() {
        workFd.ifPresent(Fd::close);
        fd.close();
    }
}
