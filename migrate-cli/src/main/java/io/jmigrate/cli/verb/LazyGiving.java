package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.criu.GivingProgress;
import io.jmigrate.criu.LazyCheckpoint;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.PageServerAddress;
import io.jmigrate.pages.server.LazyPageServer;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code checkpoint --lazy-pages}: stays until somebody has fetched the container's memory. */
final class LazyGiving implements GivingProgress {
    private static final int STANDARD_ERROR = 2;

    private final Session session;
    private final CheckpointRequest request;
    private final PageServerAddress address;
    private final Optional<Fd> status;
    private final Cancellation cancellation;
    private final Bar bar;

    /**
     * @param request with the page server that the memory is to be fetched from
     * @param statusFd number of the caller's descriptor that is told when it can be
     * @throws Failure USAGE if that is not open
     */
    LazyGiving(Session session, CheckpointRequest request, OptionalInt statusFd) {
        this.session = session;
        this.request = request.withTerms(request.terms().withoutPageServer());
        this.address = request.terms().pageServer().orElseThrow();
        this.status = statusFd.isPresent() ? Optional.of(descriptor(session, statusFd.getAsInt())) : Optional.empty();
        this.cancellation = Cancellation.of(
                session.invocation().signals(),
                "the checkpoint of " + request.container().inSentence());
        this.bar = session.bar();
    }

    private static Fd descriptor(Session session, int number) {
        return Optional.ofNullable(session.invocation().descriptors().get(number))
                .orElseThrow(() ->
                        Failure.of(OptionCode.USAGE, "checkpoint: --status-fd: descriptor " + number + " is not open"));
    }

    void run(CheckpointContainer checkpoint) {
        try (LazyPageServer server = LazyPageServer.at(address.host(), address.port())) {
            if (!server.address().getAddress().isLoopbackAddress()) {
                session.log()
                        .warning("whoever reaches " + address + " can read the memory of "
                                + request.container().inSentence() + ", and it is not encrypted on its way");
            }
            long unasked = new LazyCheckpoint(session.containers(), checkpoint).run(request, server, this);
            bar.erase();
            if (unasked > 0 && session.global().debug()) {
                session.log().debug((unasked >> 10) + " KiB were given up by the program before they were fetched");
            }
        }
    }

    @Override
    public void frozen(FrozenTree tree) {
        cancellation.check();
        ChangedLimits.write(session.containers().store(), request.container(), tree.imageDirectory());
    }

    /** As in runC, which closes it then: who reads to the end need not wait for this command. */
    @Override
    public void ready() {
        status.ifPresent(fd -> {
            try {
                Descriptors.writeFully(fd, ByteBuffer.wrap(new byte[] {0}));
                if (fd.number() > STANDARD_ERROR) {
                    fd.close();
                }
            } catch (LinuxException e) {
                session.log().warning("cannot say on --status-fd that memory can be fetched: " + e.getMessage());
            }
        });
    }

    @Override
    public void waiting(long bytes, long bytesOfAll) {
        cancellation.check();
        if (bytes > 0) {
            bar.show("memory", bytes, bytesOfAll);
        }
    }

    @Override
    public void turnedAway(String why) {
        bar.erase();
        session.log().warning("got none of the memory: " + why);
    }
}
