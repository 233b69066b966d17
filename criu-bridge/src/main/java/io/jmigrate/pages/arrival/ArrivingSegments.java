package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The memory that processes share, as it arrives: a file for each object, which in the end takes the place of the one in which CRIU has
 * written its pages. So nothing has to be copied while the container stands still. Used by one thread at a time.
 */
public final class ArrivingSegments implements AutoCloseable {
    /** 8 TiB: places have numbers of 31 bits. */
    private static final int PAGES_MAX = Integer.MAX_VALUE;
    /** With what a map and a set take for it. */
    private static final int HEAP_BYTES_AN_OBJECT = 320;

    private final Path directory;
    private final long pagesMax;
    private final Bookkeeping.Account account;
    private final Map<SharedMemory, ArrivingSegment> all = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SegmentSlots.SCRATCH_BYTES);
    private long pages;
    private Optional<Open> open = Optional.empty();

    /** The files that were used last: there may be more than a process may have open. */
    private record Open(SharedMemory memory, Fd file, Fd table) {}

    /**
     * @param directory of the images, in memory
     * @param pagesMax how many different pages there may be
     * @param account of the arrival, closed by the caller
     */
    public ArrivingSegments(Path directory, long pagesMax, Bookkeeping.Account account) {
        this.directory = directory;
        this.pagesMax = Math.min(pagesMax, PAGES_MAX);
        this.account = account;
    }

    /**
     * Keeps pages in the place of what came for them before.
     *
     * @param run of shared memory, at most {@link PageSink#DATA_BYTES_MAX}
     * @param data exactly {@code run.bytes()}, consumed
     * @throws Failure PAGES_PROTOCOL, PAGES_IO, PAGES_NO_SPACE
     */
    public void put(SharedMemory memory, PageRun run, ByteBuffer data) {
        if (data.remaining() != run.bytes()) {
            throw new IllegalArgumentException("not the bytes of " + run + ": " + data.remaining());
        }
        buffer.clear().put(data).flip();
        keep(memory, run, segment -> segment.put(run, file(memory), buffer));
    }

    /** The same for pages of zeros. */
    public void putZeros(SharedMemory memory, PageRun run) {
        keep(memory, run, segment -> segment.putZeros(run, file(memory)));
    }

    private void keep(SharedMemory memory, PageRun run, Consumer<ArrivingSegment> put) {
        if (run.pages() > pagesMax) {
            throw tooMany();
        }
        ArrivingSegment segment = all.computeIfAbsent(memory, this::begun);
        int before = segment.pages();
        working(() -> put.accept(segment));
        count(segment.pages() - before);
    }

    private ArrivingSegment begun(SharedMemory memory) {
        account.heap(HEAP_BYTES_AN_OBJECT);
        return new ArrivingSegment(memory, new SegmentSlots(() -> opened(memory).table(), scratch, account));
    }

    private void count(int more) {
        pages += more;
        if (pages > pagesMax) {
            throw tooMany();
        }
        account.kept((long) more * PageRun.PAGE_BYTES);
    }

    private Failure tooMany() {
        return Failure.of(PageCode.PAGES_PROTOCOL, "far more memory than was announced, over " + pagesMax + " pages");
    }

    private Fd file(SharedMemory memory) {
        return opened(memory).file();
    }

    private Open opened(SharedMemory memory) {
        return open.filter(last -> last.memory().equals(memory)).orElseGet(() -> {
            close();
            Fd file = open(path(memory));
            try {
                Open opened = new Open(memory, file, open(table(memory)));
                open = Optional.of(opened);
                return opened;
            } catch (LinuxException e) {
                try (file) {
                    throw e;
                }
            }
        });
    }

    private static Fd open(Path path) {
        return Descriptors.open(path, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.NO_FOLLOW);
    }

    private Path path(SharedMemory memory) {
        return directory.resolve("shared-" + memory.id());
    }

    private Path table(SharedMemory memory) {
        return directory.resolve("shared-" + memory.id() + ".places");
    }

    private void working(Runnable work) {
        try {
            work.run();
        } catch (LinuxException e) {
            throw e.errno().equals(Errno.ENOSPC)
                    ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for memory in " + directory)
                            .withCause(e)
                    : failed(e.getMessage()).withCause(e);
        }
    }

    private Failure failed(String why) {
        return Failure.of(
                PageCode.PAGES_IO, "cannot keep the memory that processes share in " + directory + ": " + why);
    }

    /** Forgets all that came of an object that is no more. @throws Failure PAGES_IO */
    public void drop(SharedMemory memory) {
        ArrivingSegment segment = all.remove(memory);
        if (segment != null) {
            count(-segment.pages());
            segment.forget();
            account.heap(-HEAP_BYTES_AN_OBJECT);
            try {
                Files.deleteIfExists(path(memory));
                Files.deleteIfExists(table(memory));
            } catch (IOException e) {
                throw failed(IoReason.of(e)).withCause(e);
            }
            close();
        }
    }

    /** Reads a page. @throws Failure PAGES_PROTOCOL if it has not come, PAGES_IO */
    public void read(SharedMemory memory, long address, ByteBuffer into) {
        ArrivingSegment segment = Optional.ofNullable(all.get(memory))
                .orElseThrow(() -> Failure.of(PageCode.PAGES_PROTOCOL, "nothing of " + memory + " was sent"));
        working(() -> segment.read(address, file(memory), into));
    }

    /**
     * Makes the images complete that lack nothing but these pages. Where pages came later than others that follow them, they do so in the
     * image too, and its pagemap names them in that order, in which CRIU reads them (criu/shmem.c, do_restore_shmem_content).
     *
     * @throws Failure PAGES_PROTOCOL if some page has not come or a file is there already, PAGES_NO_SPACE,
     *     PAGES_IO also if the images are damaged
     */
    public void complete() {
        try (PagemapHeap heap = new PagemapHeap(account)) {
            heap.takeShared(directory);
            for (SharedPagemap pagemap : SharedPagemap.in(directory)) {
                settle(pagemap);
                Path image = directory.resolve(pagemap.pagesFile());
                Files.createLink(image, path(pagemap.memory()));
                Files.delete(path(pagemap.memory()));
                Files.delete(table(pagemap.memory()));
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "pages that processes share came in an image, too")
                    .withCause(e);
        } catch (IOException e) {
            throw failed(IoReason.of(e)).withCause(e);
        } finally {
            close();
        }
    }

    private void settle(SharedPagemap pagemap) {
        ArrivingSegment segment = all.computeIfAbsent(pagemap.memory(), this::begun);
        ByteBuffer page = buffer.clear().limit(PageRun.PAGE_BYTES).slice();
        try (PagemapHeap order = new PagemapHeap(account)) {
            working(() -> write(pagemap, segment.settle(pagemap, file(pagemap.memory()), page, order)));
        }
    }

    private void write(SharedPagemap pagemap, List<PageRun> runs) {
        try {
            pagemap.rewrite(directory, runs);
        } catch (IOException e) {
            throw failed(IoReason.of(e)).withCause(e);
        }
    }

    @Override
    public void close() {
        open.ifPresent(last -> {
            last.file().close();
            last.table().close();
        });
        open = Optional.empty();
    }
}
