package io.jmigrate.archive;

import io.jmigrate.archive.seekable.Whole;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Writes to a file whose content is brought to disk while more of it is made. The kernel alone would begin after 30 seconds or many
 * gigabytes (vm.dirty_expire_centisecs, vm.dirty_background_ratio): all of it would wait for {@link #complete}. For one thread.
 */
final class WriteBehind implements WritableByteChannel {
    /** What is on its way to disk at once: few enough syncs for the file system's journal, and little left at the end. */
    private static final long STRETCH_BYTES = 32 << 20;

    private final FileChannel file;
    private Future<Void> forcing = CompletableFuture.completedFuture(null);
    private long unforcedBytes;

    /** @param file stays open */
    WriteBehind(FileChannel file) {
        this.file = file;
    }

    /** Takes all of it. @throws IOException also if what was written before didn't get to the disk */
    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        Whole.write(file, source);
        unforcedBytes += length;
        if (unforcedBytes >= STRETCH_BYTES && forcing.isDone()) {
            await(); // the kernel tells of a failed write only once (fsync(2))
            force();
        }
        return length;
    }

    private void force() {
        unforcedBytes = 0;
        FutureTask<Void> task = new FutureTask<>(() -> {
            file.force(false);
            return null;
        });
        forcing = task;
        Thread.ofPlatform().name("archive-to-disk").daemon().start(task);
    }

    private void await() throws IOException {
        try {
            forcing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing to disk");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** Returns when all is on disk. */
    void complete() throws IOException {
        await();
        file.force(true);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    /** Changes nothing: the file is closed by who has opened it. */
    @Override
    public void close() {
        // as said
    }
}
