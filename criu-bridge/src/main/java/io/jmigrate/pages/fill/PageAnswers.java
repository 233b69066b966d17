package io.jmigrate.pages.fill;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Answers the filler's questions about memory (native/fill/source.h), on one thread. */
final class PageAnswers implements Runnable {
    private static final int QUESTION_BYTES = 24;
    private static final int RANGES = 1;
    private static final int PAGES = 2;

    private final Fd socket;
    private final ByteBuffer buffer;
    private final PageStore store;
    private final LongConsumer progress;
    private final Map<ProcessMemory, List<PageRun>> asked = new HashMap<>();
    private long bytes;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /**
     * @param socket packets; shut down when something fails, so that the filler ends
     * @param buffer shared with the filler
     * @param progress told how many bytes were handed over so far
     */
    PageAnswers(Fd socket, ByteBuffer buffer, PageStore store, LongConsumer progress) {
        this.socket = socket;
        this.buffer = buffer.order(ByteOrder.nativeOrder());
        this.store = store;
        this.progress = progress;
    }

    /** What the memory could not be read for. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            Optional<ByteBuffer> question = next();
            while (question.isPresent()) {
                answer(question.get());
                question = next();
            }
        } catch (LinuxException e) {
            // the filler has ended, and its guard tells why
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            Sockets.shutdown(socket);
        }
    }

    private Optional<ByteBuffer> next() {
        Received received = Sockets.receive(socket, QUESTION_BYTES, 0);
        return received.data().remaining() == QUESTION_BYTES
                ? Optional.of(received.data().order(ByteOrder.nativeOrder()))
                : Optional.empty();
    }

    private void answer(ByteBuffer question) {
        int word = question.getInt();
        ProcessMemory process = new ProcessMemory(question.getInt());
        long address = question.getLong();
        long count = question.getLong();
        long answered =
                switch (word) {
                    case RANGES -> ranges(process, Math.toIntExact(address), Math.toIntExact(count));
                    case PAGES -> pages(process, address, Math.toIntExact(count));
                    default -> throw Failure.of(PageCode.PAGES_PROTOCOL, "jmigrate-fill asks for something unknown");
                };
        ByteBuffer packet = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(answered)
                .flip();
        Sockets.send(socket, packet, List.of());
    }

    private long ranges(ProcessMemory process, int from, int count) {
        List<PageRun> all = asked.computeIfAbsent(process, store::lazy);
        List<PageRun> some = all.subList(from, Math.min(all.size(), from + count));
        buffer.clear();
        for (PageRun run : some) {
            buffer.putLong(run.address()).putLong(run.pages());
        }
        if (some.isEmpty()) {
            asked.remove(process);
        }
        return some.size();
    }

    private long pages(ProcessMemory process, long address, int count) {
        int wanted = Math.multiplyExact(count, PageRun.PAGE_BYTES);
        store.read(process, address, buffer.clear().slice(0, wanted));
        bytes += wanted;
        progress.accept(bytes);
        return count;
    }
}
