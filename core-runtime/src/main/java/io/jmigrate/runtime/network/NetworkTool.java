package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Capture;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Errno;
import java.util.ArrayList;
import java.util.List;

/** Runs ip(8) with commands on its standard input, in the caller's network namespace or in another one. */
record NetworkTool(Launcher launcher) {
    /** {@code ip -batch} in the caller's network namespace. */
    void ip(String purpose, List<String> commands) {
        run(purpose, List.of("ip", "-batch", "-"), commands);
    }

    /** {@code ip -batch} in another network namespace. */
    void ipInside(NetworkNamespace namespace, String purpose, List<String> commands) {
        run(purpose, inside(namespace, "ip", "-batch", "-"), commands);
    }

    private static List<String> inside(NetworkNamespace namespace, String... tool) {
        List<String> argv = new ArrayList<>(List.of("nsenter", "--net=" + namespace.path()));
        argv.addAll(List.of(tool));
        return argv;
    }

    /** @throws Failure IO with what the tool said, UNSUPPORTED if it isn't installed */
    private void run(String purpose, List<String> argv, List<String> commands) {
        Capture said = capture(purpose, argv, String.join("\n", commands) + "\n");
        if (!said.status().success()) {
            String reason = said.errors().isEmpty()
                    ? said.status().text()
                    : said.errors().getFirst();
            throw Failure.of(RuntimeCode.IO, "cannot " + purpose + ": " + reason)
                    .withDetails(said.errors());
        }
    }

    private Capture capture(String purpose, List<String> argv, String input) {
        try {
            return Capture.run(launcher, argv, input);
        } catch (LaunchException e) {
            boolean missing = e.errno().filter(Errno.ENOENT::equals).isPresent();
            throw Failure.of(
                            missing ? RuntimeCode.UNSUPPORTED : RuntimeCode.IO,
                            "cannot " + purpose + ": "
                                    + (missing ? argv.getFirst() + " is not installed" : e.getMessage()))
                    .withCause(e);
        }
    }
}
