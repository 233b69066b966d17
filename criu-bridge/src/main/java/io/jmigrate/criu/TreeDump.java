package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.outgoing.LazyDump;
import io.jmigrate.criu.outgoing.LazyDumpPolicy;
import io.jmigrate.criu.outgoing.PageTarget;
import io.jmigrate.criu.outgoing.RemotePageServer;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.request.TreeCheckpoint;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.criu.rpc.Calls;
import io.jmigrate.criu.rpc.Enclosure;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.criu.rpc.Vigil;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One dump of one tree. That nobody else dumps it meanwhile is the caller's affair. */
final class TreeDump {
    private static final String LOG_FILE = "dump.log";

    private final Launcher launcher;
    private final CriuBinary criu;
    private final TreeCheckpoint request;
    private final DumpTarget target;
    private final CriuConfig config;
    private final Succession succession;

    /**
     * @param config what CRIU's configuration file says of it
     * @param succession closed by the caller
     */
    TreeDump(
            Launcher launcher,
            CriuBinary criu,
            TreeCheckpoint request,
            DumpTarget target,
            CriuConfig config,
            Succession succession) {
        this.launcher = launcher;
        this.criu = criu;
        this.request = request;
        this.target = target;
        this.config = config;
        this.succession = succession;
    }

    Checkpoint run(DumpListener listener) {
        if (request.terms().isIncremental()) {
            MemoryTracking.require(launcher, criu, "dump what has changed of " + target.inSentence());
        }
        DumpTarget.View view = target.look(DumpAllowance.of(request.options(), config));
        if (!view.obstacles().isEmpty()) {
            throw Failure.of(CriuCode.UNDUMPABLE, target.inSentence() + " holds what can't be dumped; " + target.fate())
                    .withDetails(view.obstacles());
        }
        try (ImageDirectory images =
                ImageDirectory.toWrite(request.imageDirectory(), request.workDirectory(), LOG_FILE)) {
            try {
                Checkpoint done = dump(images, view, listener);
                if (done.verdict() == DumpVerdict.THAW) {
                    succession.giveUp(); // it goes on already, and whoever pauses it from now on means it
                    listener.released();
                }
                return done;
            } catch (RuntimeException e) {
                discard(images, e);
                throw e;
            }
        }
    }

    private static void discard(ImageDirectory images, RuntimeException failure) {
        try {
            images.discard();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Checkpoint dump(ImageDirectory images, DumpTarget.View view, DumpListener listener) {
        DumpMapping mapping = view.mapping();
        Optional<PageTarget> receiver = pageTarget(listener);
        Enclosure enclosure = target.enclosure(mapping);
        Optional<Fd> file = config(enclosure, images, receiver).open();
        try {
            FrozenTree tree = new FrozenTree(target.root(), images.path(), Optional.empty(), succession::giveUp);
            boolean memoryInTree = listener.memory() == LeftMemory.MUCH
                    && receiver.filter(LazyDump.class::isInstance).isPresent();
            DumpSession session = new DumpSession(
                    listener,
                    tree,
                    finish(mapping),
                    target.standstill(images.log()),
                    request.leaveRunning(),
                    memoryInTree);
            Vigil vigil = vigil(request, images);
            boolean success = false;
            Optional<SwrkLostException> lost = Optional.empty();
            Map<Integer, Fd> handed = enclosure.handed(images.fd(), images.workFd(), file);
            try (Swrk swrk = Swrk.start(launcher, criu, enclosure, handed, descriptors(receiver))) {
                swrk.ref().ifPresent(process -> succession.begin(launcher, process));
                receiver.ifPresent(PageTarget::begin);
                success = swrk.call(
                                Calls.dump(call(request, target, images, mapping, options(view), receiver, file)),
                                session,
                                vigil)
                        .getSuccess();
            } catch (SwrkLostException e) {
                lost = Optional.of(e);
                session.lost(); // a dump without an answer has failed, as has one with a negative answer
            } finally {
                session.release();
            }
            return result(images, session, receiver, success, lost);
        } finally {
            file.ifPresent(Fd::close);
            receiver.ifPresent(PageTarget::close);
        }
    }

    /** What is found to reach out of the tree, and can, is kept without a word. */
    private TreeOptions options(DumpTarget.View view) {
        return view.examination().sendsOut() ? request.options().withExternalUnixSockets(true) : request.options();
    }

    private Consumer<Path> finish(DumpMapping mapping) {
        return directory -> target.describe(directory, mapping, mapping.finish(directory));
    }

    private CriuConfig config(Enclosure enclosure, ImageDirectory images, Optional<PageTarget> receiver) {
        return enclosure.configured(receiver.map(r -> r.configured(config)).orElse(config), images.workFd());
    }

    /** A tree that was condemned is dead whatever CRIU says of it, and the dump was complete before. */
    private Checkpoint result(
            ImageDirectory images,
            DumpSession session,
            Optional<PageTarget> receiver,
            boolean success,
            Optional<SwrkLostException> lost) {
        boolean refused = !request.leaveRunning()
                && session.verdict().filter(v -> v != DumpVerdict.KILL).isPresent();
        if (success || session.killed() || refused) {
            DumpVerdict verdict = session.verdict().orElse(DumpVerdict.THAW);
            long frozenNanos = session.frozenNanos();
            session.taken().ifPresent(memory -> memory.tell(images.log().getParent(), frozenNanos));
            return new Checkpoint(images.path(), images.log(), verdict, frozenNanos);
        }
        RuntimeException failure =
                session.failure().map(this::told).orElseGet(() -> CriuFailures.dump(target, lost, images));
        throw receiver.map(r -> r.explain(failure)).orElse(failure);
    }

    /** What fails with memory says nothing of whose it is. */
    private RuntimeException told(RuntimeException failure) {
        return failure instanceof Failure told && told.code() instanceof PageCode
                ? told.saying("cannot dump " + target.inSentence() + ": " + told.getMessage() + "; " + target.fate())
                : failure;
    }

    private Optional<PageTarget> pageTarget(DumpListener listener) {
        return request.terms()
                .pageServer()
                .<PageTarget>map(RemotePageServer::connect)
                .or(() -> lazyDump(listener));
    }

    private Optional<PageTarget> lazyDump(DumpListener listener) {
        boolean lazy =
                switch (listener.memory()) {
                    case NONE -> false;
                    // an incremental dump is CRIU's: it knows what was written before
                    case MUCH ->
                        !request.terms().isIncremental()
                                && LazyDumpPolicy.leavesMemory(target.root().pid());
                    case ALL -> true;
                };
        return lazy ? Optional.of(new LazyDump()) : Optional.empty();
    }

    static Vigil vigil(TreeCheckpoint request, ImageDirectory images) {
        return new Vigil(request.terms().timeout().orElse(Vigil.SILENCE_OF_DUMP), images.log());
    }

    /** What CRIU's process gets besides its socket. */
    static Map<Integer, Fd> descriptors(Optional<PageTarget> pages) {
        return pages.map(PageTarget::descriptors).orElse(Map.of());
    }

    static DumpRequest call(
            TreeCheckpoint request,
            DumpTarget target,
            ImageDirectory images,
            DumpMapping mapping,
            TreeOptions options,
            Optional<PageTarget> pages,
            Optional<Fd> configFile) {
        return new DumpRequest(
                target.pidForCriu(),
                images.fd(),
                images.workFd(),
                images.logFile(),
                target.rootfs(),
                options,
                request.terms(),
                configFile,
                target.rootLeadsNoSession(),
                request.leaveRunning(),
                mapping.externals(),
                mapping.emptyNetwork(),
                target.freezer(),
                target.tellsCgroups(),
                target.hierarchies(),
                target.isNetworkLockedByCriu(),
                pages.map(PageTarget::memory).orElseGet(DumpRequest.Memory.InImages::new));
    }
}
