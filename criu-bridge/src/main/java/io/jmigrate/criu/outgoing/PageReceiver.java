package io.jmigrate.criu.outgoing;

import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.server.PageServerEnd;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdChannel;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Ends CRIU's page-server protocol on a thread of its own while the dump goes on. */
public final class PageReceiver implements PageTarget {
    /** CRIU sends a MiB at a time: with less room than that the two would wait for each other at every piece. */
    private static final int BUFFER_BYTES = 8 << 20;

    private final FdPair pair = Sockets.pair(SocketType.STREAM);
    private final PageSink sink;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    public PageReceiver(PageSink sink) {
        this.sink = sink;
        Sockets.setSendBuffer(pair.second(), BUFFER_BYTES);
    }

    @Override
    public Fd criuEnd() {
        return pair.second();
    }

    @Override
    public void begin() {
        pair.second().close();
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread.ofPlatform().name("criu-pages").daemon().start(() -> {
            try {
                new PageServerEnd(new FdChannel(pair.first()), sink).serve();
                result.complete(null);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        done = result;
    }

    @Override
    public RuntimeException explain(RuntimeException dumpFailure) {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) {
                dumpFailure.addSuppressed(failure);
            }
        }
        return dumpFailure;
    }

    @Override
    public void close() {
        pair.close();
    }
}
