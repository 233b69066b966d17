package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.frozen.TreeMemory;
import io.jmigrate.pages.server.Giving;
import io.jmigrate.pages.server.LazyPageServer;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Dumps a container without its memory, which a {@code criu lazy-pages} on another host fetches while the container already runs there.
 *
 * <p>Prerequisite: the container runs or is paused. On success it is gone: whoever has fetched its memory has it. As long as nobody has
 * fetched a page nothing can run elsewhere, and every failure lets it go on as it was. From then on it stays paused on a failure: its
 * memory is lost to nobody, and it does not run twice.
 */
public final class LazyCheckpoint {
    private final Containers containers;
    private final CheckpointContainer checkpoint;

    /**
     * @param containers of the runtime root
     * @param checkpoint among them
     */
    public LazyCheckpoint(Containers containers, CheckpointContainer checkpoint) {
        this.containers = Objects.requireNonNull(containers);
        this.checkpoint = Objects.requireNonNull(checkpoint);
    }

    /**
     * Dumps, gives the memory away, and ends the container.
     *
     * @param request of a dump that ends the container, without a page server or a parent
     * @param server who gives the memory away, closed by the caller
     * @param told is asked first when the tree is frozen, and what it throws gives up the dump
     * @return bytes of memory that the program gave up before they were asked for
     * @throws Failure PAGES_NOT_FETCHED, PAGES_CUT_OFF, FEATURE_MISSING, or as of a plain dump
     */
    public long run(CheckpointRequest request, LazyPageServer server, GivingProgress told) {
        if (request.leaveRunning()
                || request.terms().isIncremental()
                || request.terms().pageServer().isPresent()) {
            throw new IllegalArgumentException("memory that is given away is nowhere else");
        }
        ContainerRecord record = containers.inspect(request.container());
        requireLazyRestore(record, containers.store().config(record));
        boolean paused = record.state() instanceof ContainerState.Paused;
        Session session = new Session(request, server, told, paused ? "it stays paused" : "it runs on");
        Checkpoint done = checkpoint.run(request, session);
        return switch (session.giving) {
            case Giving.Complete(long unasked) when done.verdict() == DumpVerdict.KILL -> unasked;
            case Giving.CutOff cut -> throw cutOff(record, cut);
            default -> throw new IllegalStateException("a dump without an end: " + session.giving);
        };
    }

    private static void requireLazyRestore(ContainerRecord record, Config config) {
        Optional<String> users = Optional.of(MemoryChoice.NO_FORKS)
                .filter(_ -> config.namespaces().isPrivate(NamespaceKind.USER));
        Optional<String> why = KernelProbe.userfaultfd()
                ? users
                : Optional.of("this kernel gives no userfaultfd, which CRIU asks for");
        why.ifPresent(reason -> {
            throw Failure.of(
                            CriuCode.FEATURE_MISSING,
                            "cannot checkpoint " + record.id().inSentence()
                                    + " without its memory, as it can't be restored before that is there: " + reason)
                    .withRemedy("leave out --lazy-pages, or use jmigrate migrate");
        });
    }

    private static Failure cutOff(ContainerRecord record, Giving.CutOff cut) {
        return Failure.of(
                        CriuCode.PAGES_CUT_OFF,
                        record.id().inSentence() + " is paused here, and what runs of it elsewhere has "
                                + (cut.bytes() >> 10) + " of " + (cut.bytesOfAll() >> 10) + " KiB of its memory: "
                                + cut.why().getMessage())
                .withCause(cut.why());
    }

    /** One dump. */
    private static final class Session implements DumpListener {
        private final CheckpointRequest request;
        private final LazyPageServer server;
        private final GivingProgress told;
        private final String fate;
        private Giving giving;

        Session(CheckpointRequest request, LazyPageServer server, GivingProgress told, String fate) {
            this.request = request;
            this.server = server;
            this.told = told;
            this.fate = fate;
        }

        @Override
        public LeftMemory memory() {
            return LeftMemory.ALL;
        }

        @Override
        public DumpVerdict frozen(FrozenTree tree) {
            told.frozen(tree);
            try (TreeMemory memory =
                    TreeMemory.of(tree.imageDirectory(), tree.root().pid())) {
                told.ready();
                giving = server.give(
                        new AnnouncedPages(memory, tree.givenAway()),
                        request.terms().timeout(),
                        told);
            }
            return switch (giving) {
                case Giving.Complete _ -> DumpVerdict.KILL;
                case Giving.CutOff _ -> DumpVerdict.LEAVE_FROZEN;
                case Giving.NotBegun(Failure why) -> throw notFetched(why);
            };
        }

        private Failure notFetched(Failure why) {
            boolean here = !(why.code() instanceof PageCode);
            return Failure.of(
                            here ? why.code() : CriuCode.PAGES_NOT_FETCHED,
                            (here ? "" : "the memory of " + request.container().inSentence() + " was not fetched: ")
                                    + why.getMessage() + "; " + fate)
                    .withCause(why);
        }
    }
}
