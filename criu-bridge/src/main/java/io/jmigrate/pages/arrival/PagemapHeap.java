package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The heap that pagemaps take whose images have come from a peer: bounded by their size before they are read. */
final class PagemapHeap implements AutoCloseable {
    /** An entry of a pagemap has ten bytes or more, and some hundred on the heap. */
    private static final int HEAP_BYTES_A_BYTE = 10;

    private final Bookkeeping.Account account;
    private long taken;

    PagemapHeap(Bookkeeping.Account account) {
        this.account = account;
    }

    /** Of the processes' own memory. @throws io.jmigrate.runtime.failure.Failure PAGES_NO_SPACE */
    void takeOwn(Path images) throws IOException {
        takeFiles(PageImages.pagemaps(images).values());
    }

    /** Of memory that processes share. @throws io.jmigrate.runtime.failure.Failure PAGES_NO_SPACE */
    void takeShared(Path images) throws IOException {
        takeFiles(PageImages.sharedPagemaps(images).values());
    }

    private void takeFiles(Collection<Path> pagemaps) throws IOException {
        for (Path pagemap : pagemaps) {
            take(HEAP_BYTES_A_BYTE * Files.size(pagemap));
        }
    }

    /** Something else that is of use as long as they are. @throws io.jmigrate.runtime.failure.Failure PAGES_NO_SPACE */
    void take(long bytes) {
        account.heap(bytes);
        taken += bytes;
    }

    /** Gives all of it back, once. */
    @Override
    public void close() {
        account.heap(-taken);
        taken = 0;
    }
}
