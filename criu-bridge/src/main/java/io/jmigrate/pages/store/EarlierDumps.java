package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dumps that an image directory builds on, the latest first (criu/pagemap.c, try_open_parent). */
final class EarlierDumps {
    /** Nobody makes so long a chain; one that leads back to itself has no end. */
    private static final int DUMPS_MAX = 1024;

    private final List<Path> directories;
    private final Map<Path, Integer> numbers = new HashMap<>();

    private EarlierDumps(List<Path> directories) {
        this.directories = directories;
    }

    /** Follows the links. */
    static EarlierDumps of(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        Path at = directory;
        while (Files.isDirectory(at.resolve(PageImages.PARENT_LINK))) {
            if (found.size() == DUMPS_MAX) {
                throw new ImageException(directory + " builds on a dump that builds on itself");
            }
            at = at.resolve(PageImages.PARENT_LINK).toRealPath();
            found.add(at);
        }
        return new EarlierDumps(found);
    }

    boolean isEmpty() {
        return directories.isEmpty();
    }

    /** The pages files that were named, by the numbers that stand for them. */
    Map<Integer, Path> files() {
        Map<Integer, Path> files = new HashMap<>();
        numbers.forEach((path, number) -> files.put(number, path));
        return files;
    }

    /** One process in all of them; dumps before the first one that has no such process are none of its. */
    OfProcess process(ProcessMemory process) throws IOException {
        List<Dump> dumps = new ArrayList<>();
        for (Path directory : directories) {
            Path pagemap = directory.resolve(PageImages.pagemap(process));
            if (!Files.exists(pagemap)) {
                break;
            }
            dumps.add(new Dump(directory, PageIndexes.read(pagemap, process)));
        }
        return new OfProcess(dumps);
    }

    /** What one of them has of one process. */
    private record Dump(Path directory, PageIndex index) {
        Path pages() {
            return directory.resolve(PageImages.pages(index.file()));
        }
    }

    /** Where the pages of one process are. */
    final class OfProcess {
        private final List<Dump> dumps;

        private OfProcess(List<Dump> dumps) {
            this.dumps = dumps;
        }

        /**
         * Where the content of inherited pages is, piece by piece.
         *
         * @throws ImageException if some are in no dump
         */
        List<PageIndex.Stored> find(PageRun run) throws ImageException {
            List<PageIndex.Stored> pieces = new ArrayList<>();
            find(run, 0, pieces);
            return pieces;
        }

        private void find(PageRun run, int depth, List<PageIndex.Stored> pieces) throws ImageException {
            if (depth == dumps.size()) {
                throw new ImageException("the dumps before lack pages of " + run.target());
            }
            Dump dump = dumps.get(depth);
            PageIndex index = dump.index();
            for (long at = run.address(); at < run.end(); ) {
                Optional<PageIndex.Stored> stored = stored(index, at);
                Optional<PageRun> deeper = PageIndex.among(index.inherited(), at, each -> each);
                PageRun found = stored.map(PageIndex.Stored::run)
                        .or(() -> deeper)
                        .orElseThrow(() -> new ImageException("the dump before lacks pages of " + run.target()));
                PageRun piece = piece(run, at, Math.min(run.end(), found.end()));
                if (stored.isPresent()) {
                    pieces.add(new PageIndex.Stored(
                            piece,
                            numbers.computeIfAbsent(dump.pages(), _ -> -1 - numbers.size()),
                            stored.get().offset() + at - found.address()));
                } else {
                    find(piece, depth + 1, pieces);
                }
                at = piece.end();
            }
        }

        private static Optional<PageIndex.Stored> stored(PageIndex index, long address) {
            return index.lazyAt(address).or(() -> PageIndex.among(index.eager(), address, PageIndex.Stored::run));
        }

        private static PageRun piece(PageRun run, long from, long to) {
            return new PageRun(run.target(), from, (to - from) / PageRun.PAGE_BYTES, PageContent.PRESENT_LAZY);
        }
    }
}
