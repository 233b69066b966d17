package io.jmigrate.pages.store;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes memory into an image directory as CRIU's own page server does: for every target a pagemap-ID.img and the pages-N.img
 * that it names (criu/page-xfer.c, criu/image.c). Together with the images that CRIU writes itself, {@code criu restore} accepts
 * the directory.
 *
 * <p>Pages that hold only zeros become holes of the file: they take neither time to write nor room, and read the same. Files are
 * made with mode 0600 and never over existing ones. They aren't synced to disk, as CRIU's aren't: a restore that follows reads
 * them from memory.
 */
public final class ImageDirectorySink implements PageSink {
    /** CRIU's page server starts here so that its files don't meet those of a dump into the same directory. */
    private static final int FIRST_PAGES_ID = 0x10001;

    private final Path directory;
    private Optional<TargetImages> current = Optional.empty();
    private int nextPagesId = FIRST_PAGES_ID;

    /** @param directory existing image directory */
    public ImageDirectorySink(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    @Override
    public void open(PageTarget target) {
        writing(target.toString(), () -> {
            finishCurrent();
            current = Optional.of(TargetImages.create(directory, target, nextPagesId++));
        });
    }

    @Override
    public void pages(PageRun run, ByteBuffer data) {
        if (!run.content().present() || data.remaining() != run.bytes()) {
            throw new IllegalArgumentException("not the bytes of " + run + ": " + data.remaining());
        }
        TargetImages images = imagesOf(run);
        writing(run.target().toString(), () -> images.pages(run, data));
    }

    @Override
    public void hole(PageRun run) {
        if (run.content().present()) {
            throw new IllegalArgumentException("pages without their bytes: " + run);
        }
        TargetImages images = imagesOf(run);
        writing(run.target().toString(), () -> images.entry(run));
    }

    /** Checks that the run belongs to the open target and lies behind what came before: a restore only reads forward. */
    private TargetImages imagesOf(PageRun run) {
        TargetImages images = current.filter(open -> open.target().equals(run.target()))
                .orElseThrow(() -> protocol("pages of " + run.target() + " came while it was not open"));
        if (run.address() < images.end()) {
            throw protocol(
                    "pages of " + run.target() + " came out of order at address 0x" + Long.toHexString(run.address()));
        }
        return images;
    }

    private static Failure protocol(String sentence) {
        return Failure.of(PageCode.PAGES_PROTOCOL, sentence);
    }

    @Override
    public void finish() {
        writing("the last target", this::finishCurrent);
    }

    private void finishCurrent() throws IOException {
        if (current.isPresent()) {
            current.get().finish();
            current = Optional.empty();
        }
    }

    @Override
    public void close() {
        writing("an unfinished target", () -> {
            if (current.isPresent()) {
                TargetImages images = current.get();
                current = Optional.empty();
                images.close();
            }
        });
    }

    private void writing(String subject, Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw FullDisk.at(directory)
                    ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for memory images in " + directory)
                            .withCause(e)
                    : Failure.of(
                                    PageCode.PAGES_IO,
                                    "writing the memory of " + subject + " to " + directory + " failed: "
                                            + IoReason.of(e))
                            .withCause(e);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
