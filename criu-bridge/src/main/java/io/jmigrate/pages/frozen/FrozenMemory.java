package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The memory that a lazy dump has left in the processes of a tree, as the files that it belongs into.
 *
 * <p>When it is opened, the pagemaps in the image directory say already that these files are complete: whoever opens it brings them
 * there, or gives the images up.
 */
public final class FrozenMemory implements AutoCloseable {
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
        TreePids pids = TreePids.of(root);
        return of(directory, pagemap -> ProcessBytes.open(pids.of(pagemap)));
    }

    /**
     * The same of memory that is elsewhere.
     *
     * @param sources gives each process's memory
     */
    public static FrozenMemory elsewhere(Path directory, Function<ProcessMemory, ProcessSource> sources) {
        return of(directory, pagemap -> sources.apply(pagemap.process()));
    }

    /** Finds the memory that a pagemap lacks. */
    private interface Finder {
        ProcessSource find(LazyPagemap pagemap) throws IOException;
    }

    private static FrozenMemory of(Path directory, Finder finder) {
        List<FrozenPages> files = new ArrayList<>();
        try {
            for (LazyPagemap pagemap : LazyPagemap.lacking(directory)) {
                files.add(FrozenPages.open(directory, pagemap, finder.find(pagemap)));
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
