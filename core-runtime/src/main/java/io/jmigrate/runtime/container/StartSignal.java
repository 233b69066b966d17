package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.plan.wire.HookReport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Releases an init that waits at its FIFO. It opens the FIFO to write, which takes until somebody opens it to read, runs its
 * startContainer hooks, and writes one byte before it becomes its program, or what became of the hook that has failed. It never
 * closes it: the FIFO ends when the program is executed, so that nobody who looks at the container then finds the init.
 */
record StartSignal(ContainerId id, Path fifo) {
    /** The init waits at the FIFO already, or is a few system calls away from it. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int STARTED = '0';
    private static final int HOOK_FAILED = 'H';
    private static final int ANSWER_BYTES_MAX = 4096; // PIPE_BUF: written at once

    /**
     * Returns when the init becomes its program.
     *
     * @param hooks that it runs first, which may take long
     * @throws Failure HOOK_FAILED, INIT_FAILED
     */
    void give(ProcessRef init, List<HookConfig> hooks) {
        try (Fd death = Processes.pidfdOpen(init.pid());
                Fd reader = Descriptors.open(fifo, OpenFlag.NON_BLOCKING, OpenFlag.NO_FOLLOW)) {
            List<Fd> ready = Readiness.await(List.of(reader, death), LIMIT);
            while (ready.isEmpty() && !hooks.isEmpty()) {
                ready = Readiness.await(List.of(reader, death), LIMIT);
            }
            if (ready.isEmpty()) {
                throw failed("its init did not answer for " + LIMIT.toSeconds() + " s");
            }
            if (!ready.contains(reader)) {
                throw failed("its init has ended");
            }
            judge(reader, hooks);
            Readiness.await(List.of(reader, death), LIMIT);
        } catch (LinuxException e) {
            boolean gone = e.errno().equals(Errno.ESRCH);
            throw failed(gone ? "its init has ended" : e.getMessage()).withCause(e);
        }
    }

    private void judge(Fd reader, List<HookConfig> hooks) {
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
        Descriptors.read(reader, answer);
        answer.flip();
        int word = answer.hasRemaining() ? answer.get() : -1;
        if (word == STARTED) {
            return;
        }
        if (word == HOOK_FAILED && answer.remaining() >= Integer.BYTES) {
            int number = answer.getInt();
            HookReport report = HookReport.read(answer);
            throw report.toFailure(
                    HookKind.START_CONTAINER, number, hooks.get(number).path());
        }
        throw failed("its init has ended");
    }

    private Failure failed(String why) {
        return Failure.of(RuntimeCode.INIT_FAILED, "cannot start " + id.inSentence() + ": " + why);
    }
}
