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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Accepts fronts and runs their commands, each on a thread of its own with its own invocation.
 *
 * @param entrance where fronts come in
 * @param runner runs one command
 * @param distribution the tree that the service belongs to
 * @param log told of conversations that went wrong, in a sentence
 */
public record WarmService(Entrance entrance, CommandRunner runner, Distribution distribution, Consumer<String> log) {
    /** Serves until {@link #end}, and then until the last command that was accepted has ended. */
    public void serve() {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("command-", 1).factory();
        try (ExecutorService commands = Executors.newThreadPerTaskExecutor(threads)) {
            for (Optional<Fd> peer = entrance.accept(); peer.isPresent(); peer = entrance.accept()) {
                Fd front = peer.get();
                commands.execute(() -> converse(front));
            }
        }
    }

    /** Lets no more fronts in. Those that have connected before are still served. */
    public void end() {
        entrance.close();
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
