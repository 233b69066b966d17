package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The latest content of pages, by process and address. Used by one thread at a time until it is complete. */
public final class ArrivingPages implements AutoCloseable {
    /** With what a map takes for it. */
    private static final int HEAP_BYTES_A_CHUNK = 320;

    private final Path path;
    private final Fd file;
    private final Bookkeeping.Account account;
    private final Map<PageTarget, Map<Long, Chunk>> chunks = new HashMap<>();
    private final Deque<Long> freePlaces = new ArrayDeque<>();
    private Optional<ByteBuffer> copied = Optional.empty();
    private long places;
    private long pages;
    private boolean later;

    private ArrivingPages(Path path, Fd file, Bookkeeping.Account account) {
        this.path = path;
        this.file = file;
        this.account = account;
    }

    /**
     * Makes the file.
     *
     * @param path must not exist; in memory, readable by its owner alone
     * @param pagesMax how many different pages there may be
     * @throws Failure PAGES_IO
     */
    public static ArrivingPages create(Path path, long pagesMax) {
        long bytesMax = Math.multiplyExact(pagesMax, PageRun.PAGE_BYTES);
        return create(path, Bookkeeping.ofThisProcess().open(bytesMax));
    }

    /** The same beside other arrivals. @param account of this one, closed with it */
    public static ArrivingPages create(Path path, Bookkeeping.Account account) {
        try {
            Fd file = Descriptors.open(path, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
            return new ArrivingPages(path, file, account);
        } catch (LinuxException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot make " + path + " for memory: " + e.getMessage())
                    .withCause(e);
        }
    }

    /**
     * Keeps pages in the place of what came for them before.
     *
     * @param data exactly {@code run.bytes()}, at most {@link PageSink#DATA_BYTES_MAX}, consumed
     * @throws Failure PAGES_PROTOCOL, PAGES_IO, PAGES_NO_SPACE
     */
    public void put(PageRun run, ByteBuffer data) {
        if (data.remaining() != run.bytes()) {
            throw new IllegalArgumentException("not the bytes of " + run + ": " + data.remaining());
        }
        forChunks(run, (chunk, first, count) -> {
            data.limit(data.position() + count * PageRun.PAGE_BYTES);
            writing(() -> Descriptors.pwriteFully(file, data, chunk.offset(first)));
            count(chunk.note(first, count, true));
        });
    }

    /** The same for pages of zeros, which take no room unless there was something else in their place. */
    public void putZeros(PageRun run) {
        account.requireRoom(run.bytes());
        forChunks(run, (chunk, first, count) -> {
            if (chunk.isWritten(first, count)) {
                writing(() -> Descriptors.punchHole(file, chunk.offset(first), (long) count * PageRun.PAGE_BYTES));
            }
            count(chunk.note(first, count, false));
        });
    }

    /**
     * Keeps for pages what has come for others.
     *
     * @param from at most {@link PageSink#DATA_BYTES_MAX}; all read before anything is written
     * @param to as many
     * @throws Failure PAGES_PROTOCOL if some of those have not come, PAGES_IO, PAGES_NO_SPACE
     */
    public void copy(PageRun from, PageRun to) {
        ByteBuffer content = copied.orElseGet(() -> ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX));
        copied = Optional.of(content);
        content.clear();
        for (long at = from.address(); at < from.end(); at = from.address() + content.position()) {
            readInto(content, from, at);
        }
        put(to, content.flip());
    }

    private void readInto(ByteBuffer content, PageRun from, long at) {
        Chunk chunk = chunkAt(from.target(), at);
        int page = Chunk.page(at);
        long count = chunk == null ? 0 : Math.min(chunk.presentFrom(page), (from.end() - at) / PageRun.PAGE_BYTES);
        if (count == 0) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "pages are said to be the same as others that have not come");
        }
        content.limit(content.position() + (int) count * PageRun.PAGE_BYTES);
        writing(() -> Descriptors.preadFully(file, content, chunk.offset(page)));
    }

    /** Forgets what came of pages: something else has been written to them since. @throws Failure PAGES_IO */
    public void forget(PageRun run) {
        account.requireRoom(run.bytes());
        forChunks(run, (chunk, first, count) -> {
            if (chunk.isWritten(first, count)) {
                writing(() -> Descriptors.punchHole(file, chunk.offset(first), (long) count * PageRun.PAGE_BYTES));
            }
            count(-chunk.forget(first, count));
        });
    }

    /** What has not come will come when its processes run already. */
    public void later() {
        later = true;
    }

    /** Whether what has not come comes when its processes run. */
    public boolean comesLater() {
        return later;
    }

    /** The chunk of that address, with a place in the file even if nothing of it has come. */
    Chunk chunkFor(PageTarget target, long address) {
        return chunks.computeIfAbsent(target, _ -> new HashMap<>())
                .computeIfAbsent(Chunk.number(address), _ -> newChunk());
    }

    /** Which pages of the file have come, a bit each. */
    long[] come() {
        int words = Chunk.PAGES / Long.SIZE;
        long[] all = new long[Math.toIntExact(places * words)];
        chunks.values().forEach(ofTarget -> ofTarget.values()
                .forEach(chunk -> System.arraycopy(chunk.come(), 0, all, (int) chunk.place() * words, words)));
        return all;
    }

    /** Forgets all that came of a process that has ended. @throws Failure PAGES_IO */
    public void drop(PageTarget target) {
        for (Chunk chunk :
                Optional.ofNullable(chunks.remove(target)).orElse(Map.of()).values()) {
            writing(() -> Descriptors.punchHole(file, chunk.offset(0), Chunk.BYTES));
            count(-chunk.presentPages());
            freePlaces.add(chunk.place());
        }
    }

    /** Is handed the part of a run that lies within one chunk. */
    private interface Part {
        void take(Chunk chunk, int first, int count);
    }

    private void forChunks(PageRun run, Part part) {
        Map<Long, Chunk> ofTarget = chunks.computeIfAbsent(run.target(), _ -> new HashMap<>());
        for (long at = run.address(); at < run.end(); ) {
            Chunk chunk = ofTarget.computeIfAbsent(Chunk.number(at), _ -> newChunk());
            int first = Chunk.page(at);
            int count = (int) Math.min(Chunk.PAGES - first, (run.end() - at) / PageRun.PAGE_BYTES);
            part.take(chunk, first, count);
            at += (long) count * PageRun.PAGE_BYTES;
        }
    }

    private Chunk newChunk() {
        Long free = freePlaces.poll();
        if (free != null) {
            return new Chunk(free);
        }
        account.heap(HEAP_BYTES_A_CHUNK);
        Chunk chunk = new Chunk(places++);
        writing(() -> Descriptors.setSize(file, places * Chunk.BYTES));
        return chunk;
    }

    private void writing(Runnable write) {
        try {
            write.run();
        } catch (LinuxException e) {
            throw e.errno().equals(Errno.ENOSPC)
                    ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for memory in " + path)
                            .withCause(e)
                    : Failure.of(PageCode.PAGES_IO, "cannot write memory to " + path + ": " + e.getMessage())
                            .withCause(e);
        }
    }

    private void count(int more) {
        pages += more;
        account.kept((long) more * PageRun.PAGE_BYTES);
    }

    /** How many pages there are. */
    public long pages() {
        return pages;
    }

    /** The chunk of that address; none if nothing of it has come. */
    Chunk chunkAt(PageTarget target, long address) {
        return chunks.getOrDefault(target, Map.of()).get(Chunk.number(address));
    }

    Fd file() {
        return file;
    }

    /** What the arrival takes, for what else comes of it. */
    public Bookkeeping.Account account() {
        return account;
    }

    /** The file's name goes when its directory does. */
    @Override
    public void close() {
        account.close();
        file.close();
    }
}
