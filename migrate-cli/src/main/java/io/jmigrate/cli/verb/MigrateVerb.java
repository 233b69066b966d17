package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DestinationFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.progress.ProgressForm;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.engine.CancelToken;
import io.jmigrate.migration.engine.LocalMigrate;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.pages.track.TrackerKind;
import java.util.Optional;

/** Moves a running container to another node. */
public final class MigrateVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final CriuOption criu = new CriuOption();
    private final DestinationFlags destination = new DestinationFlags();
    private boolean verifyMemory;
    private Optional<TrackerKind> tracker = Optional.empty();
    private boolean dryRun;
    private Format format = Format.TABLE;
    private ProgressForm progress = ProgressForm.AUTO;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "migrate",
                        "Move a running container to another node.",
                        "Its memory, open files and TCP connections come along. If it fails the container runs on here; the",
                        "message says so. Ctrl-C gives it up, unless the other node has been told to take over. After a crash or a",
                        "broken connection `jmigrate migration recover` decides.")
                .flag(
                        "--verify-memory",
                        "Compare all memory at both ends before the other node takes over; it stands still longer, by seconds a GiB.",
                        value -> verifyMemory = value)
                .option(
                        "--tracker",
                        "KIND",
                        "How changes of memory are found: uffd (the kernel notes them) or hash (all is compared); default: uffd"
                                + " if there is such a kernel.",
                        text -> Choice.of(TrackerKind.class, text),
                        value -> tracker = Optional.of(value))
                .flag(
                        "--dry-run",
                        "Look at both ends, print what was found, and do nothing; exit code 4 if something stands against it.",
                        value -> dryRun = value)
                .option(
                        "--format",
                        "FORMAT",
                        "Of a dry run: table (default) or json.",
                        Format::ofTable,
                        value -> format = value)
                .option(
                        "--progress",
                        "FORM",
                        "auto (default), json (events on standard output, one a line) or none.",
                        text -> Choice.of(ProgressForm.class, text),
                        value -> progress = value);
        return container
                .declare(criu.declare(destination.declare(verb)))
                .examples(
                        "$ jmigrate migrate web1 --to other.example:7070",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --dry-run",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --progress json");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("migrate a container");
        MigrateRequest request = destination
                .request("migrate", session.root(), container.id().value())
                .verifyingMemory(verifyMemory)
                .tracking(tracker);
        LocalMigrate migrate = new LocalMigrate(ThisNode.of(session, criu));
        if (dryRun) {
            return CheckList.of(migrate.inspect(request))
                    .print(session.out(), format)
                    .status();
        }
        migrate.run(
                request,
                progress.on(
                        session.out(),
                        session.err(),
                        session.invocation().streams().errIsTerminal()),
                cancellable(session));
        return ExitCode.SUCCESS.status();
    }

    private static CancelToken cancellable(Session session) {
        CancelToken cancel = new CancelToken();
        session.invocation().signals().handle(new OrderlyEnd(signal -> {
            if (!cancel.cancel("the signal " + signal.name())) {
                session.err()
                        .println("jmigrate: signal " + signal.name()
                                + ": the other node has been told to take over: too late to give up");
            }
        }));
        return cancel;
    }
}
