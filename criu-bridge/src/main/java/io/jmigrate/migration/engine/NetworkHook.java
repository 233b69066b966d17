package io.jmigrate.migration.engine;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of this node's operator that moves a container's addresses where a bridge does not: a network plugin, or a cloud's interface. It
 * reads one JSON document from its standard input (docs/migration.md, "A hook for the network"). No peer can name one.
 *
 * @param launcher whose child it is, in the network namespace of the command or the node service
 * @param program its file
 */
record NetworkHook(Launcher launcher, Path program) {
    /** The container may stand still meanwhile. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int LINES_MAX = 20;
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C");

    /** @throws Failure HOOK_FAILED if it is no program */
    static void requireProgram(Path program) {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw Failure.of(RuntimeCode.HOOK_FAILED, "the network hook " + program + " is no program")
                    .withRemedy("name an executable file: --network-hook PROGRAM");
        }
    }

    /** @param input what it reads @throws Failure HOOK_FAILED with what it said, if it fails or takes too long */
    void call(NetworkEvent event, String input) {
        List<String> argv = List.of(program.toString(), event.word());
        Launch launch = new Launch(program, argv, ENVIRONMENT, Optional.empty(), Map.of(), false, Optional.empty());
        try {
            Capture end = Capture.run(launcher, launch, input, Optional.of(LIMIT));
            if (end.expired()) {
                throw failed(event, "it took longer than " + LIMIT.toSeconds() + " s, and was killed", end.all());
            }
            if (!end.status().success()) {
                throw failed(event, end.status().text(), end.all());
            }
        } catch (LaunchException e) {
            throw failed(event, e.getMessage(), List.of()).withCause(e);
        }
    }

    private Failure failed(NetworkEvent event, String why, List<String> said) {
        return Failure.of(RuntimeCode.HOOK_FAILED, "network hook " + program + ", " + event.word() + ": " + why)
                .withRemedy("what it said, if anything, is above; it is the program of --network-hook at that node")
                .withDetails(said.subList(Math.max(0, said.size() - LINES_MAX), said.size()));
    }
}
