package io.jmigrate.pages.live;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads memory that processes share while they run: a page may be read while it is written. Used by one thread. */
public final class SharedReader {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);

    /**
     * Hands over the pages that there are, as CRIU dumps them: those that the kernel has for the file (criu/shmem.c,
     * next_data_segment).
     *
     * @param sink is neither finished nor closed
     * @return whether it was there still; if it goes meanwhile a part is handed over
     * @throws Failure PAGES_IO, or the sink's own
     */
    public boolean read(SharedObject object, PageSink sink) {
        try (Fd file = Descriptors.open(object.file())) {
            sink.open(object.memory());
            long from = 0;
            for (Optional<Extent> next = FileExtents.next(file, from);
                    next.isPresent();
                    next = FileExtents.next(file, from)) {
                from = next.get().to();
                read(file, object.memory(), next.get(), sink);
            }
            return true;
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ENOENT) || e.errno().equals(Errno.ESRCH)) {
                return false;
            }
            throw Failure.of(PageCode.PAGES_IO, "cannot read memory that processes share: " + e.getMessage())
                    .withCause(e);
        }
    }

    private void read(Fd file, SharedMemory memory, Extent extent, PageSink sink) {
        for (long at = extent.from(); at < extent.to(); at += buffer.capacity()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), extent.to() - at));
            Descriptors.preadFully(file, buffer, at); // less if it has become shorter
            if (buffer.position() > 0) {
                fillPage();
                long pages = buffer.flip().limit() / PageRun.PAGE_BYTES;
                sink.pages(new PageRun(memory, at, pages, PageContent.PRESENT), buffer);
            }
        }
    }

    /** Behind the end of a file its last page has zeros (mmap(2)). */
    private void fillPage() {
        buffer.limit(buffer.capacity());
        while (buffer.position() % PageRun.PAGE_BYTES != 0) {
            buffer.put((byte) 0);
        }
    }
}
