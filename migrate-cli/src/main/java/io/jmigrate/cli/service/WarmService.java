package io.jmigrate.cli.service;

import io.jmigrate.cli.invocation.CommandRunner;
import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.cli.invocation.FrontInvocation;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PeerCredentials;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireException;
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
    /** Serves until the process ends. */
    public void serve() {
        int served = 0;
        while (listening.isOpen()) {
            Fd peer = Sockets.accept(listening);
            Thread.ofPlatform().daemon().name("command-" + ++served).start(() -> converse(peer));
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
