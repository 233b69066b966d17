package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One directory of a cgroup file system, whose files are the kernel's. */
record CgroupDirectory(Path path) {
    static final String PROCESSES = "cgroup.procs";

    void make() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw failed("cannot make the cgroup " + path, e);
        }
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    boolean has(String file) {
        return Files.exists(path.resolve(file));
    }

    void write(String file, String value) {
        try {
            Files.writeString(path.resolve(file), value, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed("cannot write \"" + value + "\" to " + path.resolve(file), e);
        }
    }

    /** The file's text without surrounding white space. */
    String read(String file) {
        return readIfThere(file)
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.IO, "cannot read " + path.resolve(file) + ": no such file or directory"));
    }

    /** Empty if the file or the whole cgroup is gone. */
    Optional<String> readIfThere(String file) {
        try {
            return Optional.of(Files.readString(path.resolve(file)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!exists()) {
                return Optional.empty();
            }
            throw failed("cannot read " + path.resolve(file), e);
        }
    }

    /** This directory's pids and those of all directories below it. */
    SortedSet<Integer> processes() {
        SortedSet<Integer> pids = new TreeSet<>();
        for (CgroupDirectory directory : tree()) {
            directory
                    .readIfThere(PROCESSES)
                    .ifPresent(text -> text.lines().map(Integer::valueOf).forEach(pids::add));
        }
        return pids;
    }

    /** This directory and all below it, each after those below itself; empty if it is gone. */
    List<CgroupDirectory> tree() {
        if (!exists()) {
            return List.of();
        }
        return Stream.concat(children().stream().flatMap(child -> child.tree().stream()), Stream.of(this))
                .toList();
    }

    private List<CgroupDirectory> children() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory).map(CgroupDirectory::new).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("cannot list the cgroup " + path, e);
        }
    }

    /**
     * Removes it; a missing one is no error.
     *
     * @return false if it still has processes or directories below it
     */
    boolean remove() {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (AccessDeniedException e) {
            throw failed("cannot remove the cgroup " + path, e);
        } catch (IOException e) {
            return false;
        }
    }

    private static Failure failed(String what, IOException cause) {
        boolean denied = cause instanceof AccessDeniedException;
        FailureCode code = denied ? RuntimeCode.PERMISSION : RuntimeCode.IO;
        return Failure.of(code, what + ": " + reason(cause)).withCause(cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException e when e.getReason() != null -> lowerFirst(e.getReason());
            default -> lowerFirst(String.valueOf(IoReason.of(cause)));
        };
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
