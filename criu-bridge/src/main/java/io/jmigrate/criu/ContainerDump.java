package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.DumpRequest;
import io.jmigrate.criu.rpc.Calls;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One dump of one container, under its lock. */
final class ContainerDump {
    private static final String LOG_FILE = "dump.log";

    private final Launcher launcher;
    private final CriuBinary criu;
    private final CheckpointRequest request;
    private final DumpTarget target;

    ContainerDump(Launcher launcher, CriuBinary criu, CheckpointRequest request, DumpTarget target) {
        this.launcher = launcher;
        this.criu = criu;
        this.request = request;
        this.target = target;
    }

    Checkpoint run(DumpListener listener) {
        DumpTarget.View view = target.look();
        if (!view.obstacles().isEmpty()) {
            throw Failure.of(
                            CriuCode.UNDUMPABLE,
                            request.container().inSentence() + " holds what can't be dumped; " + target.fate())
                    .withDetails(view.obstacles());
        }
        try (ImageDirectory images =
                ImageDirectory.toWrite(request.imageDirectory(), request.workDirectory(), LOG_FILE)) {
            try {
                return dump(images, view.mapping(), listener);
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

    private Checkpoint dump(ImageDirectory images, DumpMapping mapping, DumpListener listener) {
        Optional<PageReceiver> receiver = request.pages().map(PageReceiver::new);
        try {
            Map<Integer, Fd> descriptors = receiver.map(r -> Map.of(Swrk.FIRST_FREE_NUMBER, r.criuEnd()))
                    .orElse(Map.of());
            Standstill standstill =
                    new Standstill(target.cgroup(), target.isPaused(), ownLock(), target.abandonedDump());
            FrozenTree tree = new FrozenTree(request.container(), target.root(), images.path());
            DumpSession session = new DumpSession(listener, tree, mapping, standstill, request.leaveRunning());
            boolean success = false;
            try (Swrk swrk = Swrk.start(launcher, criu, mapping.criuNetwork(), descriptors)) {
                receiver.ifPresent(PageReceiver::begin);
                success = swrk.call(Calls.dump(call(images, mapping)), session).getSuccess();
            } catch (SwrkLostException e) {
                session.lost(); // a dump without an answer has failed, as has one with a negative answer
            } finally {
                session.release();
            }
            return result(images, session, receiver, success);
        } finally {
            receiver.ifPresent(PageReceiver::close);
        }
    }

    /** A tree that was condemned is dead whatever CRIU says of it, and the dump was complete before. */
    private Checkpoint result(
            ImageDirectory images, DumpSession session, Optional<PageReceiver> receiver, boolean success) {
        boolean refused = !request.leaveRunning()
                && session.verdict().filter(v -> v != DumpVerdict.KILL).isPresent();
        if (success || session.killed() || refused) {
            DumpVerdict verdict = session.verdict().orElse(DumpVerdict.THAW);
            return new Checkpoint(images.path(), images.log(), verdict, session.frozenNanos());
        }
        RuntimeException failure = session.failure()
                .orElseGet(() -> CriuFailures.dump(request.container().inSentence(), target.fate(), images));
        throw receiver.map(r -> r.explain(failure)).orElse(failure);
    }

    private Optional<NetworkLock> ownLock() {
        return request.handover() ? target.networkLock() : Optional.empty();
    }

    private DumpRequest call(ImageDirectory images, DumpMapping mapping) {
        return new DumpRequest(
                target.root().pid(),
                images.fd(),
                images.workFd(),
                images.logFile(),
                target.record().rootfs(),
                request.options(),
                target.rootLeadsNoSession(),
                request.leaveRunning(),
                mapping.externals(),
                mapping.emptyNetwork(),
                freezer(target.record().cgroup()),
                !(request.handover() && target.isInOwnCgroupsAlone()),
                ownLock().isEmpty(),
                request.pages().isPresent() ? OptionalInt.of(Swrk.FIRST_FREE_NUMBER) : OptionalInt.empty());
    }

    private static Optional<Path> freezer(CgroupPaths cgroup) {
        return cgroup.isUnified() ? cgroup.unified() : cgroup.ofController("freezer");
    }
}
