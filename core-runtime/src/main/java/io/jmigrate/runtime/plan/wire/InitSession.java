package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.RunHook;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A native init at work: starts it with a plan, hears of its progress and tells it to go on. Closing the session before
 * {@link #proceed} ends the init; afterwards it leaves it running.
 *
 * <p>The order is {@link #awaitReady}, {@link #proceed}, {@link #awaitExecuted}; a plan with {@code AwaitStart} reaches the last
 * only when the container is started. A failed step is a {@link Failure} with the step's sentence.
 */
public final class InitSession implements AutoCloseable {
    private static final int NO_STEP = -1;

    private static final int SYNC_NUMBER = 3;
    private static final int PLAN_NUMBER = 4;
    private static final int FIFO_NUMBER = 5;
    private static final int PRESERVED_NUMBER = 6;

    /** From the end of the socket to the word of the end of its process. */
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final Launcher launcher;
    private final Plan plan;
    private final Fd sync;
    private final Child launched;
    private Optional<Child> process = Optional.empty();

    private InitSession(Launcher launcher, Plan plan, Fd sync, Child launched) {
        this.launcher = launcher;
        this.plan = plan;
        this.sync = sync;
        this.launched = launched;
    }

    /**
     * Starts the native init.
     *
     * @throws Failure INIT_FAILED if it can't be executed
     */
    public static InitSession start(Launcher launcher, InitRequest request) {
        FdPair pair = Sockets.pair(SocketType.SEQPACKET);
        Fd ours = pair.first();
        try (Fd theirs = pair.second();
                Fd plan = Descriptors.memfd("plan", PlanEncoder.encode(request.plan()), true)) {
            Child launched = launcher.launch(launch(request, theirs, plan));
            return new InitSession(launcher, request.plan(), ours, launched);
        } catch (LaunchException e) {
            try (ours) {
                throw Failure.of(RuntimeCode.INIT_FAILED, e.getMessage()).withCause(e);
            }
        } catch (RuntimeException e) {
            try (ours) {
                throw e;
            }
        }
    }

    private static Launch launch(InitRequest request, Fd sync, Fd plan) {
        Map<Integer, Fd> descriptors = new TreeMap<>(request.standardStreams());
        descriptors.put(SYNC_NUMBER, sync);
        descriptors.put(PLAN_NUMBER, plan);
        request.execFifo().ifPresent(fifo -> descriptors.put(FIFO_NUMBER, fifo));
        for (int i = 0; i < request.preserved().size(); i++) {
            descriptors.put(PRESERVED_NUMBER + i, request.preserved().get(i));
        }
        // under a name without a path: processes of the container can read it
        List<String> argv = List.of(request.init().getFileName().toString());
        return new Launch(
                request.init(), argv, List.of(), Optional.of(Path.of("/")), descriptors, false, Optional.empty());
    }

    /**
     * Waits until the process exists.
     *
     * @return the container's (or the exec's) process, a child of the launcher
     */
    public Child awaitProcess() {
        while (process.isEmpty()) {
            SyncMessage message = next();
            if (message.type() == SyncMessage.MAPS) {
                new IdMapPrograms(launcher).map(message.a(), plan.cloneStep());
                proceed();
            } else {
                accept(message, SyncMessage.CHILD);
            }
        }
        return process.get();
    }

    /** Waits until the process has come to its {@code Ready} step, where it stays until {@link #proceed}. */
    public Child awaitReady() {
        return awaitReady(Interludes.none());
    }

    /** The same for a plan that asks something of the runtime on the way. */
    public Child awaitReady(Interludes interludes) {
        Child child = awaitProcess();
        SyncMessage message = next();
        while (message.type() == SyncMessage.TERMINAL
                || message.type() == SyncMessage.HOOKS
                || message.type() == SyncMessage.LISTENER) {
            interlude(child, message, interludes);
            message = next();
        }
        accept(message, SyncMessage.READY);
        return child;
    }

    private void interlude(Child child, SyncMessage message, Interludes interludes) {
        if (message.type() == SyncMessage.HOOKS) {
            interludes.hooks(child);
            proceed();
            return;
        }
        try (Fd descriptor = message.descriptors().getFirst()) {
            if (message.type() == SyncMessage.TERMINAL) {
                interludes.terminal(descriptor);
            } else {
                interludes.listener(child, descriptor);
            }
        }
    }

    /** Lets the process go on after {@link #awaitReady}. */
    public void proceed() {
        SyncMessage.sendProceed(sync);
    }

    /** Waits until the process has become its program. */
    public void awaitExecuted() {
        Optional<SyncMessage> message = SyncMessage.receive(sync);
        if (message.isPresent()) {
            accept(message.get(), SyncMessage.FAILED);
        }
    }

    private void accept(SyncMessage message, int expected) {
        if (message.type() == SyncMessage.HOOK_FAILED) {
            HookReport report = report(message);
            throw failure(next(), report);
        }
        if (message.type() == SyncMessage.FAILED) {
            throw failure(message);
        }
        if (message.type() != expected) {
            throw Failure.of(RuntimeCode.INIT_FAILED, "the native init sent an unexpected message " + message.type());
        }
        if (message.type() == SyncMessage.CHILD) {
            process = Optional.of(launcher.adopt(message.a()));
        }
    }

    private static HookReport report(SyncMessage message) {
        try (Fd file = message.descriptors().getFirst()) {
            ByteBuffer bytes = ByteBuffer.allocate(HookReport.BYTES_MAX);
            Descriptors.preadFully(file, bytes, 0); // or what there is
            return HookReport.read(bytes.flip());
        }
    }

    /** It has failed in the step of a hook. */
    private Failure failure(SyncMessage message, HookReport report) {
        return plan.steps().get(message.a()) instanceof RunHook hook
                ? report.toFailure(HookKind.CREATE_CONTAINER, hook.number(), hook.path())
                : failure(message);
    }

    private Failure failure(SyncMessage message) {
        Errno errno = new Errno(message.b());
        if (message.a() == NO_STEP) {
            return Failure.of(RuntimeCode.INIT_FAILED, "the native init refuses the plan: " + errno.text());
        }
        Failure failure = new StepFailure(plan.steps().get(message.a()), errno).toFailure();
        boolean printable = plan.makesContainer() && failure.code() == RuntimeCode.INIT_FAILED;
        return printable ? failure.withDetails(List.of("step " + message.a() + " of the plan")) : failure;
    }

    /** By a signal, if by anything: an init that fails says so. */
    private Failure ended() {
        String sentence = "the native init ended before the container was ready";
        try {
            ExitStatus status = process.orElse(launched).exited().get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return Failure.of(RuntimeCode.INIT_FAILED, sentence + ", with " + status.text());
        } catch (ExecutionException | TimeoutException e) {
            return Failure.of(RuntimeCode.INIT_FAILED, sentence).withCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Failure.of(RuntimeCode.INIT_FAILED, sentence).withCause(e);
        }
    }

    private SyncMessage next() {
        return SyncMessage.receive(sync).orElseThrow(this::ended);
    }

    @Override
    public void close() {
        sync.close();
    }
}
