package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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

    private static final String THREADS = "cgroup.threads";
    private static final int LINKS_OF_A_LEAF = 2;

    void make() {
        try {
            MadeParents.makeWithin(path);
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
        refusal(file, value).map(WriteRefusal::asFailure).ifPresent(failure -> {
            throw failure;
        });
    }

    /** The same; nothing happens if the whole cgroup is gone, or goes meanwhile. */
    void writeIfThere(String file, String value) {
        refusal(file, value).filter(_ -> exists()).map(WriteRefusal::asFailure).ifPresent(failure -> {
            throw failure;
        });
    }

    /** Writes, and says why if the kernel doesn't take it. */
    Optional<WriteRefusal> refusal(String file, String value) {
        try {
            Files.writeString(
                    path.resolve(file), value, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new WriteRefusal(path.resolve(file), value, e));
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

    /**
     * This directory's pids and those of all directories below it. Threaded ones of v2 have only threads, whose processes are in a
     * directory above (cgroup-v2.rst, "Threads"): if that isn't below this one, the ids are those of the threads.
     */
    SortedSet<Integer> processes() {
        SortedSet<Integer> pids = new TreeSet<>();
        for (CgroupDirectory directory : tree()) {
            if (!directory.isThreaded()) {
                pids.addAll(directory.ids(PROCESSES));
            } else if (directory.equals(this)) {
                pids.addAll(ids(THREADS));
            }
        }
        return pids;
    }

    private boolean isThreaded() {
        return has("cgroup.type")
                && readIfThere("cgroup.type").filter("threaded"::equals).isPresent();
    }

    private List<Integer> ids(String file) {
        return readIfThere(file).stream()
                .flatMap(String::lines)
                .map(Integer::valueOf)
                .toList();
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
        if (isLeaf()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory).map(CgroupDirectory::new).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("cannot list the cgroup " + path, e);
        }
    }

    /**
     * A directory has a link from its parent, one from itself, and one from each directory in it. Most cgroups have none, but dozens of
     * files, each of which would have to be looked at.
     */
    private boolean isLeaf() {
        try {
            return Files.getAttribute(path, "unix:nlink").equals(LINKS_OF_A_LEAF);
        } catch (IOException e) {
            return false; // listing it tells more
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
        return Failure.of(code, what + ": " + IoReason.of(cause)).withCause(cause);
    }
}
