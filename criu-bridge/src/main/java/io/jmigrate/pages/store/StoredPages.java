package io.jmigrate.pages.store;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The memory that images hold. */
public final class StoredPages implements PageStore {
    private final Map<ProcessMemory, PageIndex> indexes;
    private final PageFiles files;
    private final Settling settling;

    /** Puts what is for later where CRIU reads it, if it isn't there anyway. */
    public interface Settling {
        /**
         * @param indexes of all processes
         * @throws Failure PAGES_IO, PAGES_NO_SPACE
         */
        void settle(Collection<PageIndex> indexes);
    }

    /**
     * @param indexes of all processes
     * @param files closed with this
     */
    public StoredPages(Map<ProcessMemory, PageIndex> indexes, PageFiles files, Settling settling) {
        this.indexes = Map.copyOf(indexes);
        this.files = Objects.requireNonNull(files);
        this.settling = Objects.requireNonNull(settling);
    }

    @Override
    public long lazyBytes() {
        return indexes.values().stream().mapToLong(PageIndex::lazyBytes).sum();
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        return index(process).lazyRuns();
    }

    private PageIndex index(ProcessMemory process) {
        return Optional.ofNullable(indexes.get(process))
                .orElseThrow(() -> Failure.of(PageCode.PAGES_PROTOCOL, "the images have no memory of " + process));
    }

    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        PageIndex index = index(process);
        int done = 0;
        int length = target.remaining();
        while (done < length) {
            long at = address + done;
            PageIndex.Stored stored = index.lazyAt(at)
                    .orElseThrow(() -> Failure.of(
                            PageCode.PAGES_PROTOCOL,
                            "the images have no page of " + process + " at 0x" + Long.toHexString(at)));
            int piece = (int) Math.min(length - done, stored.run().end() - at);
            long offset = stored.offset() + (at - stored.run().address());
            files.read(stored.file(), offset, target.slice(target.position() + done, piece));
            done += piece;
        }
        target.position(target.limit());
    }

    @Override
    public Optional<List<StoredRun>> files() {
        List<StoredRun> found = new ArrayList<>();
        for (ProcessMemory process : indexes.keySet().stream()
                .sorted(Comparator.comparingLong(ProcessMemory::id))
                .toList()) {
            for (PageIndex.Stored stored : index(process).lazy().values()) {
                Optional<Fd> file = files.descriptor(stored.file());
                if (file.isEmpty()) {
                    return Optional.empty();
                }
                found.add(new StoredRun(stored.run(), file.get(), stored.offset()));
            }
        }
        return Optional.of(found);
    }

    @Override
    public void settle() {
        settling.settle(indexes.values());
    }

    @Override
    public void confirm() {
        files.confirm();
    }

    @Override
    public void close() {
        files.close();
    }
}
