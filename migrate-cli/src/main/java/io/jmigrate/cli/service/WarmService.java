package io.jmigrate.cli.service;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.cli.invocation.FrontInvocation;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PeerCredentials;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Accepts fronts and runs their commands, each on a thread of its own with its own invocation.
 *
 * @param listening the service's socket
 * @param runner runs one command
 * @param distribution the tree that the service belongs to
 * @param log told of conversations that went wrong, in a sentence
 */
public record WarmService(Fd listening, CommandRunner runner, Distribution distribution, Consumer<String> log) {
    /** Serves until {@link #end}, and then until the last command that was accepted has ended. */
    public void serve() {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("command-", 1).factory();
        try (ExecutorService commands = Executors.newThreadPerTaskExecutor(threads)) {
            for (Optional<Fd> peer = accept(); peer.isPresent(); peer = accept()) {
                Fd front = peer.get();
                commands.execute(() -> converse(front));
            }
        }
    }

    /** Refuses fronts from now on. Those that have connected before are still served. */
    public void end() {
        Sockets.shutdown(listening);
    }

    /** The next front; none when the socket was shut down, which accept(2) calls an invalid argument. */
    private Optional<Fd> accept() {
        try {
            return Optional.of(Sockets.accept(listening));
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void converse(Fd peer) {
        PeerCredentials caller = Sockets.peerCredentials(peer);
        if (caller.uid() != Processes.effectiveUid()) {
            log.accept("refused a process of user " + caller.uid());
            peer.close();
            return;
        }
        try (FrontConnection front = FrontConnection.over(peer)) {
            run(front, caller.pid());
        } catch (LaunchException | LinuxException | WireException e) {
            log.accept("lost a caller: " + e.getMessage());
        }
    }

    private void run(FrontConnection front, int callerPid) {
        try {
            front.exit(runner.run(FrontInvocation.of(front, callerPid, distribution)));
        } finally {
            front.hello().descriptors().values().forEach(Fd::close);
        }
    }
}
