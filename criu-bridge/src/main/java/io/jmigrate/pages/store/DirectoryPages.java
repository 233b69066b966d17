package io.jmigrate.pages.store;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The memory in an image directory, and in those of earlier dumps if the indexes name it there: else CRIU reads that itself, before the
 * processes run.
 */
public final class DirectoryPages implements PageFiles {
    private final Map<Integer, FileChannel> files = new HashMap<>();

    private DirectoryPages() {}

    /**
     * Reads which memory there is, and opens the files.
     *
     * @throws Failure PAGES_IO also if the images are damaged
     */
    public static StoredPages open(Path directory) {
        return open(PageIndexes.of(directory), () -> {});
    }

    /**
     * Opens the files of memory that was found.
     *
     * @param settling has CRIU read it all from where it is
     * @throws Failure PAGES_IO also if some of it is elsewhere
     */
    public static StoredPages open(PageIndexes indexes, Runnable settling) {
        indexes.requireContents();
        DirectoryPages pages = new DirectoryPages();
        try {
            for (PageIndex index : indexes.all().values()) {
                for (PageIndex.Stored stored : index.lazy().values()) {
                    pages.open(stored.file(), indexes);
                }
            }
            return new StoredPages(indexes.all(), pages, _ -> settling.run());
        } catch (IOException e) {
            try (pages) {
                throw failed("the memory in " + indexes.directory(), e);
            }
        }
    }

    private void open(int file, PageIndexes indexes) throws IOException {
        if (!files.containsKey(file)) {
            files.put(
                    file,
                    FileChannel.open(indexes.file(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        }
    }

    private static Failure failed(String what, IOException e) {
        return Failure.of(PageCode.PAGES_IO, "cannot read " + what + ": " + IoReason.of(e))
                .withCause(e);
    }

    @Override
    public void read(int file, long offset, ByteBuffer target) {
        try {
            long at = offset;
            while (target.hasRemaining()) {
                int read = files.get(file).read(target, at);
                if (read < 0) {
                    throw new IOException("the file ends too early");
                }
                at += read;
            }
        } catch (IOException e) {
            throw failed(file < 0 ? "pages of an earlier dump" : PageImages.pages(file), e);
        }
    }

    @Override
    public void close() {
        IOException failure = null;
        for (FileChannel file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failed("memory to its end", failure);
        }
    }
}
