package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.compare.PageComparison;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** All memory that has arrived, as it will be restored, for a comparison. */
public final class ArrivedMemory implements PageComparison.Memory, AutoCloseable {
    private final ArrivedPages own;
    private final ArrivingSegments shared;
    private final long sharedBytes;

    /**
     * @param images complete, but for pages
     * @param arrived closed by the caller
     * @param shared closed by the caller
     * @throws Failure PAGES_IO if the images are damaged
     */
    public ArrivedMemory(Path images, ArrivingPages arrived, ArrivingSegments shared) {
        this.shared = shared;
        this.own = new ArrivedPages(images, arrived);
        try (PagemapHeap heap = new PagemapHeap(arrived.account())) {
            heap.takeShared(images);
            this.sharedBytes = SharedPagemap.in(images).stream()
                    .mapToLong(SharedPagemap::bytes)
                    .sum();
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the images in " + images + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    @Override
    public long bytes() {
        return own.lazyBytes() + sharedBytes;
    }

    @Override
    public void read(PageTarget target, long address, ByteBuffer into) {
        switch (target) {
            case PageTarget.ProcessMemory process -> own.read(process, address, into);
            case PageTarget.SharedMemory memory -> shared.read(memory, address, into);
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
