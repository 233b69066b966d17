package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** The pagemap and pages files of one target while they are written. Runs that continue each other become one entry. */
final class TargetImages implements AutoCloseable {
    private final PageTarget target;
    private final FileChannel pagemapFile;
    private final ImageWriter pagemap;
    private final SparseFile pages;
    private Optional<PageRun> pending = Optional.empty();

    private TargetImages(PageTarget target, FileChannel pagemapFile, SparseFile pages) throws IOException {
        this.target = target;
        this.pagemapFile = pagemapFile;
        this.pages = pages;
        OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(pagemapFile));
        this.pagemap = new ImageWriter(buffered, ImageKind.PAGEMAP);
    }

    static TargetImages create(Path directory, PageTarget target, int pagesId) throws IOException {
        SparseFile pages = SparseFile.create(directory.resolve(PageImages.pages(pagesId)));
        try {
            FileChannel pagemapFile = SparseFile.newPrivateFile(directory.resolve(PageImages.pagemap(target)));
            TargetImages images = new TargetImages(target, pagemapFile, pages);
            images.pagemap.write(PagemapHead.newBuilder().setPagesId(pagesId).build());
            return images;
        } catch (IOException e) {
            try (pages) {
                throw e;
            }
        }
    }

    PageTarget target() {
        return target;
    }

    /** First address behind everything that came so far. */
    long end() {
        return pending.map(PageRun::end).orElse(0L);
    }

    void pages(PageRun run, ByteBuffer data) throws IOException {
        pages.append(data);
        entry(run);
    }

    void entry(PageRun run) throws IOException {
        if (pending.isPresent() && pending.get().continuesWith(run)) {
            pending = Optional.of(pending.get().join(run));
        } else {
            writePending();
            pending = Optional.of(run);
        }
    }

    private void writePending() throws IOException {
        if (pending.isPresent()) {
            PageRun run = pending.get();
            pagemap.write(
                    new PagemapRun(run.address(), run.pages(), run.content().flags()).entry());
        }
    }

    /** Completes both files. */
    void finish() throws IOException {
        try (this) {
            writePending();
            pagemap.close();
            pages.finish();
        }
    }

    /** Closes the files below their buffers: what is still in those is worth nothing without {@link #finish}. */
    @Override
    public void close() throws IOException {
        try (pages;
                pagemapFile) {
            // both are closed, whatever happens to the first
        }
    }
}
