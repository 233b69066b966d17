package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.identity.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the node's key and certificate. */
public final class NodeInitVerb implements Verb {
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String FALLBACK = "node";

    private Optional<String> name = Optional.empty();

    @Override
    public Declaration declaration() {
        return Declaration.of(this, "init", "Make this node's key and certificate, below the runtime root.")
                .option(
                        "--name",
                        "NAME",
                        "What peers call it (default: the host name).",
                        text -> text,
                        value -> name = Optional.of(value))
                .examples("$ jmigrate node init");
    }

    @Override
    public int run(Session session) {
        NodeIdentity identity = NodeIdentity.init(session.root(), name.orElseGet(NodeInitVerb::hostName));
        session.out().println(identity.name() + " " + identity.fingerprint());
        return ExitCode.SUCCESS.status();
    }

    private static String hostName() {
        try {
            return Files.readString(KERNEL_HOST_NAME).strip();
        } catch (IOException e) {
            return FALLBACK; // a name is for people; without /proc there is still a key to be made
        }
    }
}
