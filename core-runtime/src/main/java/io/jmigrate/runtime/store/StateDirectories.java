package io.jmigrate.runtime.store;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories below a runtime root, one a name, each with its state. Names must be safe as file names. */
public final class StateDirectories {
    private static final String STATE = "state.json";
    private static final String LOCKS = ".locks";
    private static final FileAttribute<?> PRIVATE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    /** @param root absolute; made when it is first needed */
    public StateDirectories(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** The directory of a name, whether or not it exists. */
    public Path directory(String name) {
        return root.resolve(name);
    }

    /** The right to change a name. */
    public NameLock lock(String name, Duration limit) {
        Path locks = root.resolve(LOCKS);
        try {
            Files.createDirectories(locks, PRIVATE_MODE);
        } catch (IOException e) {
            throw failed("cannot make the runtime root " + root, e);
        }
        return NameLock.acquire(locks.resolve(name), limit);
    }

    /** All names that have a state, in alphabetical order. */
    public List<String> names() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(STATE)))
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("cannot list the runtime root " + root, e);
        }
    }

    /**
     * Takes a name, with its first state. Under its lock.
     *
     * @return false if it is taken
     */
    public boolean reserve(String name, byte[] state) {
        Path made = unfinished(name);
        try {
            removeFlat(made);
            Files.createDirectory(made, PRIVATE_MODE);
            Files.write(made.resolve(STATE), state);
            Files.move(made, directory(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            boolean taken = Files.exists(directory(name));
            try {
                removeFlat(made);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (taken) {
                return false;
            }
            throw failed("cannot make the directory " + directory(name), e);
        }
    }

    /** Where a directory is filled before it gets its name. */
    private Path unfinished(String name) {
        return root.resolve(".new-" + name);
    }

    /** A name's state; empty if the name is not taken. */
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(directory(name).resolve(STATE)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("cannot read " + directory(name).resolve(STATE), e);
        }
    }

    /** Replaces a name's state. Under its lock. */
    public void write(String name, byte[] state) {
        Path file = directory(name).resolve(STATE);
        Path next = file.resolveSibling("." + STATE);
        try {
            Files.write(next, state);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("cannot write " + file, e);
        }
    }

    /**
     * Gives a name back: removes the files in its directory, the state last, and the directory. Under its lock. Nothing is followed
     * downwards: a directory inside must be empty, and a mount point can't be removed, so that nothing outside is ever touched.
     */
    public void remove(String name) {
        Path directory = directory(name);
        Path state = directory.resolve(STATE);
        try {
            removeFlat(unfinished(name));
            if (Files.exists(state)) {
                for (Path entry : entries(directory)) {
                    if (!entry.equals(state)) {
                        Files.delete(entry);
                    }
                }
                removeFlat(directory);
            } else {
                removeIfEmpty(directory);
            }
        } catch (IOException e) {
            throw failed("cannot remove " + directory, e);
        }
    }

    /** A removal that was interrupted has left it empty; with anything in it, it isn't ours. */
    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            throw Failure.of(RuntimeCode.NOT_FOUND, directory + " is not a container's directory")
                    .withCause(e);
        }
    }

    private static void removeFlat(Path directory) throws IOException {
        for (Path entry : entries(directory)) {
            Files.delete(entry);
        }
        Files.deleteIfExists(directory);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Failure failed(String what, IOException cause) {
        return Failure.of(RuntimeCode.IO, what + ": " + IoReason.of(cause)).withCause(cause);
    }
}
