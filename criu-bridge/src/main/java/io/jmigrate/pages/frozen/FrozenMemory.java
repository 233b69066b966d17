package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The memory that a lazy dump has left in the processes of a tree, as the files that it belongs into.
 *
 * <p>When it is opened, the pagemaps in the image directory say already that these files are complete: whoever opens it brings them
 * there, or gives the images up.
 */
public final class FrozenMemory implements AutoCloseable {
    private static final Pattern PAGEMAP = Pattern.compile("pagemap-(\\d{1,10})\\.img");

    private final Path directory;
    private final List<FrozenPages> files;

    private FrozenMemory(Path directory, List<FrozenPages> files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Opens the memory of a tree that stands still.
     *
     * @param directory images of its lazy dump
     * @param root pid of its first process
     * @throws Failure PAGES_IO, PAGES_NO_SPACE
     */
    public static FrozenMemory of(Path directory, int root) {
        List<FrozenPages> files = new ArrayList<>();
        try {
            Map<Long, Integer> pids = pids(root);
            for (LazyPagemap pagemap : pagemaps(directory)) {
                Integer pid = pids.get(pagemap.pid());
                if (pid == null) {
                    throw new ImageException(pagemap.file().getFileName() + " is of a process that is not there");
                }
                files.add(FrozenPages.open(directory, pagemap, pid));
                pagemap.complete();
            }
            return new FrozenMemory(directory, files);
        } catch (IOException e) {
            throw closing(files, failed(directory, IoReason.of(e), e));
        } catch (LinuxException e) {
            throw closing(files, failed(directory, e.getMessage(), e));
        } catch (RuntimeException e) {
            throw closing(files, e);
        }
    }

    private static RuntimeException closing(List<FrozenPages> files, RuntimeException failure) {
        files.forEach(FrozenPages::close);
        return failure;
    }

    private static Failure failed(Path directory, String why, Exception cause) {
        return Failure.of(PageCode.PAGES_IO, "cannot take over the memory that " + directory + " names: " + why)
                .withCause(cause);
    }

    private static List<LazyPagemap> pagemaps(Path directory) throws IOException {
        List<LazyPagemap> found = new ArrayList<>();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(directory, "pagemap-*.img")) {
            for (Path candidate : candidates) {
                Matcher name = PAGEMAP.matcher(candidate.getFileName().toString());
                if (name.matches()) {
                    found.add(LazyPagemap.read(candidate, Long.parseLong(name.group(1))));
                }
            }
        }
        found.removeIf(pagemap -> !pagemap.lacksPages());
        return found;
    }

    /** The processes of a tree, by the pid that they have in the namespace of its root, as CRIU's images have them. */
    private static Map<Long, Integer> pids(int root) {
        Map<Long, Integer> pids = new HashMap<>();
        int level = namespacePids(root).map(List::size).orElse(1);
        Stream<Long> tree = ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid);
        for (long pid : tree.toList()) {
            namespacePids((int) pid)
                    .filter(numbers -> numbers.size() >= level)
                    .ifPresent(numbers -> pids.put((long) numbers.get(level - 1), (int) pid));
        }
        return pids;
    }

    private static Optional<List<Integer>> namespacePids(int pid) {
        return ProcStatus.find(pid).map(ProcStatus::namespacePids).filter(numbers -> !numbers.isEmpty());
    }

    /** The files, to be read while the tree stands still. */
    public List<PagesSource> files() {
        return List.copyOf(files);
    }

    /** Size of the files in bytes. */
    public long bytes() {
        return files.stream().mapToLong(PagesSource::bytes).sum();
    }

    /**
     * Completes the image directory.
     *
     * @param turn called often, by any thread; what it throws ends the copy
     * @throws Failure PAGES_IO, PAGES_NO_SPACE, and what {@code turn} throws
     */
    public void complete(Runnable turn) {
        for (FrozenPages file : files) {
            PagesCopy.intoDirectory(file, directory, turn);
        }
    }

    /**
     * Copies everything to memory of this host, so that the tree can go on before it is written anywhere.
     *
     * @param turn as for {@link #complete}
     * @throws Failure as {@link #complete}
     */
    public MemoryCopy copied(Runnable turn) {
        return MemoryCopy.of(directory, files(), turn);
    }

    @Override
    public void close() {
        files.forEach(FrozenPages::close);
    }
}
