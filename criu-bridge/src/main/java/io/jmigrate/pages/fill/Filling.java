package io.jmigrate.pages.fill;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Memory that comes into a container while it runs.
 *
 * <p>In this order: {@link #begin} before CRIU is asked to restore, {@link #guard} while the tree is held, {@link #release} when it may
 * run, {@link #await} when it does. Closed before {@code await} has returned, it kills the container, if that was named; or waits, if
 * it was released and its memory comes from files.
 */
public final class Filling implements AutoCloseable {
    private static final String CRIU_ENDED = "CRIU has ended before the container was complete"; // filler.c

    /** Its last word is on its way when CRIU's is here. */
    private static final Duration GIVEN_UP_LIMIT = Duration.ofMillis(500);

    private static final int BUFFER_BYTES = 1 << 20; // FILL_BUFFER_BYTES

    private final Child program;
    private final Guard guard;
    private final Fd pages;
    private final KeptMemory kept;
    private final Arena arena;
    private final PageAnswers answers;
    private final Thread thread;
    private final boolean fromFiles;
    private final FirstGuard first;
    private boolean released;
    private Optional<Guard.Answer> last = Optional.empty();

    private Filling(
            Child program,
            Guard guard,
            Fd pages,
            KeptMemory kept,
            Arena arena,
            PageAnswers answers,
            boolean fromFiles) {
        this.program = program;
        this.guard = guard;
        this.pages = pages;
        this.kept = kept;
        this.arena = arena;
        this.answers = answers;
        this.fromFiles = fromFiles;
        this.first = FirstGuard.of(program);
        this.thread = Thread.ofPlatform().name("fill-pages").daemon().start(answers);
    }

    /**
     * Starts the program.
     *
     * @param store not closed here
     * @param progress told how many bytes this process handed over so far, by another thread
     * @throws Failure PAGES_IO if it can't be started
     */
    public static Beginning begin(FillProgram program, PageStore store, LongConsumer progress) {
        FillSockets sockets = FillSockets.make();
        try {
            Optional<List<StoredRun>> files = store.files();
            Child child = program.start(sockets, files, store.later());
            sockets.closeTheirs();
            Guard guard = new Guard(sockets.control().first());
            Guard.Answer answer = guard.answer();
            return switch (answer.word()) {
                case READY ->
                    new Beginning.Ready(filling(
                            child,
                            guard,
                            sockets,
                            answer.descriptor().orElseThrow(),
                            store,
                            progress,
                            files.isPresent()));
                case UNSUPPORTED -> {
                    child.await();
                    sockets.close();
                    yield new Beginning.Unsupported(answer.text());
                }
                default -> throw failed("jmigrate-fill did not begin: " + answer.text());
            };
        } catch (RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    private static Failure failed(String sentence) {
        return Failure.of(PageCode.PAGES_IO, sentence);
    }

    private static Filling filling(
            Child child,
            Guard guard,
            FillSockets sockets,
            Fd memory,
            PageStore store,
            LongConsumer progress,
            boolean fromFiles) {
        Fd pages = sockets.pages().first();
        Arena arena = Arena.ofShared();
        try (memory;
                FileChannel file =
                        FileChannel.open(memory.procPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment buffer = file.map(FileChannel.MapMode.READ_WRITE, 0, BUFFER_BYTES, arena);
            return new Filling(
                    child,
                    guard,
                    pages,
                    new KeptMemory(sockets.kept().first()),
                    arena,
                    new PageAnswers(pages, buffer.asByteBuffer(), store, progress),
                    fromFiles);
        } catch (IOException e) {
            arena.close();
            throw failed("cannot map jmigrate-fill's buffer: " + IoReason.of(e)).withCause(e);
        }
    }

    /** The guard's process, which may be put into the container's cgroups: what kills all of them kills the container, too. */
    public Child program() {
        return program;
    }

    /**
     * Has the container die with whoever brings its memory. Its processes must not have run yet.
     *
     * @param root the first process in a pid namespace of the container's own
     * @throws Failure PAGES_IO if that can't be had any more
     */
    public void guard(ProcessRef root) {
        kept.guard(root);
        guard.name(root.pid());
        Guard.Answer answer = last.orElseGet(guard::answer);
        if (answer.word() != FillWord.GUARDED) {
            last = Optional.of(answer);
            throw failed("nobody is left to bring the memory: " + answer.text());
        }
    }

    /**
     * The container may run. If its memory is in files, it comes from now on whatever becomes of this process.
     *
     * @throws Failure PAGES_IO if it doesn't, as nobody is left to bring it
     */
    public void release() {
        if (fromFiles) {
            released = guard.release();
            if (!released) {
                throw failed("nobody is left to bring the memory: its guard was killed");
            }
        }
    }

    /**
     * Waits until all memory has come.
     *
     * @throws Failure PAGES_IO or what the store throws, if it didn't: the container has been killed
     */
    public void await() {
        Guard.Answer answer = last.orElseGet(guard::answer);
        if (answer.word() == FillWord.COMPLETE) {
            kept.complete();
            first.free();
        } else {
            kept.close();
            throw answers.failure().orElseGet(() -> failed(answer.text()));
        }
    }

    /** Why it has given up, if it has: then a restore that failed has failed for that. */
    public Optional<Failure> givenUp() {
        return givenUp(GIVEN_UP_LIMIT).map(Filling::failed);
    }

    /**
     * The same as far as it is known now. Processes that wait for a page wait on then, whether they are held or not: until the container
     * is {@linkplain #guard named} nobody can kill them, and afterwards nobody does who was killed in the same instant.
     */
    public Optional<String> givenUpAlready() {
        return givenUp(Duration.ZERO);
    }

    private Optional<String> givenUp(Duration limit) {
        last = last.or(() -> guard.answerNow(limit));
        return last.filter(answer -> answer.word() != FillWord.COMPLETE)
                .map(Guard.Answer::text)
                .filter(why -> !why.equals(CRIU_ENDED));
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        try (arena;
                pages;
                kept) {
            if (released) {
                awaitRest();
            }
            guard.close();
            Sockets.shutdown(pages);
            join();
        }
    }

    /** Guard and filler go on, and whoever takes their places. */
    private void awaitRest() {
        if (last.orElseGet(guard::answer).word() == FillWord.COMPLETE) {
            kept.complete();
            first.free();
        }
        guard.awaitEnd();
    }

    private void join() {
        try {
            thread.join();
            program.exited().handle((status, lost) -> status).join(); // the launcher's end is nothing to wait for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
