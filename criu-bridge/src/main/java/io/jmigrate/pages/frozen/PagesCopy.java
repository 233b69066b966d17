package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Copies one pages file on all cores. Pages that hold only zeros become holes. Each thread has a buffer that stays in a core's cache,
 * so the second copy of a byte costs a fraction of the first.
 */
final class PagesCopy {
    private static final int BUFFER_BYTES = 256 << 10;

    /** Beyond this it is memory that limits. */
    private static final int THREADS_MAX = 8;

    private final PagesSource source;
    private final Fd target;
    private final Runnable turn;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());

    private PagesCopy(PagesSource source, Fd target, Runnable turn) {
        this.source = source;
        this.target = target;
        this.turn = turn;
    }

    /** Makes the file, in the place of one that has its name. Readable by its owner alone. */
    static void intoDirectory(PagesSource source, Path directory, Runnable turn) {
        Path part = directory.resolve(source.name() + ".part");
        try {
            try (Fd file = Descriptors.open(part, 0600, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)) {
                into(file, source, turn);
            }
            Files.move(part, directory.resolve(source.name()), StandardCopyOption.REPLACE_EXISTING);
        } catch (LinuxException e) {
            throw failed(directory.resolve(source.name()), e);
        } catch (IOException e) {
            throw Failure.of(
                            PageCode.PAGES_IO,
                            "cannot write the memory image " + directory.resolve(source.name()) + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Failure failed(Path image, LinuxException cause) {
        return cause.errno().equals(Errno.ENOSPC)
                ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for the memory image " + image)
                        .withCause(cause)
                : Failure.of(PageCode.PAGES_IO, "cannot write the memory image " + image + ": " + cause.getMessage())
                        .withCause(cause);
    }

    /**
     * Fills an empty file.
     *
     * @throws LinuxException if it can't be written
     */
    static void into(Fd file, PagesSource source, Runnable turn) {
        new PagesCopy(source, file, turn).run();
    }

    private void run() {
        long pieces = Math.ceilDiv(source.bytes(), BUFFER_BYTES);
        int threads = (int) Math.min(Math.min(Runtime.getRuntime().availableProcessors(), THREADS_MAX), pieces);
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            others.add(Thread.ofPlatform().name("pages-copy-" + i).daemon().start(this::copyOrNote));
        }
        copyOrNote();
        others.forEach(PagesCopy::awaitEnd);
        failure.get().ifPresent(e -> {
            throw e;
        });
        if (source.bytes() > 0) {
            lengthen();
        }
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it writes to what the caller closes
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void copyOrNote() {
        try {
            copy();
        } catch (RuntimeException e) {
            next.set(source.bytes()); // the others stop
            failure.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }

    private void copy() {
        try (Arena memory = Arena.ofConfined()) {
            ByteBuffer buffer = PageBuffer.allocate(memory, BUFFER_BYTES);
            for (long at = take(); at < source.bytes(); at = take()) {
                long place = at;
                turn.run();
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, source.bytes() - at));
                source.read(at, buffer);
                ZeroPages.divide(buffer.flip(), (offset, _, bytes) -> write(bytes, place + offset));
            }
        }
    }

    private long take() {
        return next.getAndAdd(BUFFER_BYTES);
    }

    private void write(ByteBuffer bytes, long place) {
        Descriptors.pwriteFully(target, bytes, place);
    }

    /** A file that ends in a hole hasn't its size yet: the last byte is one of those that were read. */
    private void lengthen() {
        ByteBuffer last = ByteBuffer.allocate(1);
        source.read(source.bytes() - 1, last);
        write(last.flip(), source.bytes() - 1);
    }
}
