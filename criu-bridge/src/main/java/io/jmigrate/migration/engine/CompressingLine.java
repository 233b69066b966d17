package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.zstd.PageCompressor;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Batches of pages on their way, each in one of three hands: it is filled while others are compressed, and sent in the order in which it was
 * filled, by a thread of its own. There are few of them, and whoever is faster waits for one. After a failure nothing more is sent, and
 * who fills is told.
 */
final class CompressingLine implements AutoCloseable {
    /** More would take the processors from those whose memory it is. */
    private static final int COMPRESSORS_MAX = 3;
    /** One that is filled, and one that is sent. */
    private static final int OTHER_HANDS = 2;

    private final List<PageCompressor> compressors;
    private final BlockingQueue<PageCompressor> idle;
    private final int batches;
    private final BlockingQueue<PageBatch> free;
    private final BlockingQueue<Filled> filled = new LinkedBlockingQueue<>();
    private final ExecutorService threads;
    private final Consumer<PageBatch> taker;
    private final Thread sender;
    private volatile Optional<Throwable> failure = Optional.empty();

    private record Filled(PageBatch batch, Future<?> compressed) {}

    /** @param taker sends a batch that is compressed; throws {@code Failure} */
    CompressingLine(int compressors, Consumer<PageBatch> taker) {
        this.compressors = IntStream.range(0, compressors)
                .mapToObj(_ -> new PageCompressor())
                .toList();
        this.idle = new ArrayBlockingQueue<>(compressors, false, this.compressors);
        this.batches = compressors + OTHER_HANDS;
        this.free = new ArrayBlockingQueue<>(
                batches,
                false,
                IntStream.range(0, batches).mapToObj(_ -> new PageBatch()).toList());
        this.threads = Executors.newFixedThreadPool(
                compressors, Thread.ofPlatform().daemon().name("compress pages").factory());
        this.taker = taker;
        this.sender = Thread.ofPlatform().daemon().name("send pages").start(this::send);
    }

    /** How many threads compress on this host. */
    static int compressorsHere() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, COMPRESSORS_MAX);
    }

    /** One to be filled, waited for. @throws Failure the taker's */
    PageBatch empty() {
        PageBatch batch = taken(free);
        if (failure.isPresent()) {
            free.add(batch);
            throw failed();
        }
        return batch;
    }

    /** It is filled. */
    void put(PageBatch batch) {
        filled.add(new Filled(batch, threads.submit(() -> compress(batch))));
    }

    /** Returns when all that was put was sent. @throws Failure the taker's */
    void drain() {
        List<PageBatch> all =
                IntStream.range(0, batches).mapToObj(_ -> taken(free)).toList();
        free.addAll(all);
        if (failure.isPresent()) {
            throw failed();
        }
    }

    private void compress(PageBatch batch) {
        PageCompressor compressor = taken(idle);
        try {
            batch.compress(compressor);
        } finally {
            idle.add(compressor);
        }
    }

    private void send() {
        try {
            while (true) {
                Filled next = filled.take();
                send(next);
                next.batch().clear();
                free.add(next.batch());
            }
        } catch (InterruptedException e) {
            // it is closed
        }
    }

    private void send(Filled next) throws InterruptedException {
        try {
            next.compressed().get();
            if (failure.isEmpty()) {
                taker.accept(next.batch());
            }
        } catch (ExecutionException e) {
            failure = Optional.of(failure.orElse(e.getCause()));
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
        }
    }

    private RuntimeException failed() {
        return switch (failure.orElseThrow()) {
            case Failure known -> known.again();
            case RuntimeException e -> e;
            case Throwable e -> new IllegalStateException("pages could not be compressed and sent", e);
        };
    }

    private static <T> T taken(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(MigrationCode.CANCELLED, "the migration was interrupted")
                    .withCause(e);
        }
    }

    /** What was not sent is not sent any more. Returns when nobody uses its memory. */
    @Override
    public void close() {
        sender.interrupt();
        boolean interrupted = ended(sender);
        threads.close();
        compressors.forEach(PageCompressor::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
