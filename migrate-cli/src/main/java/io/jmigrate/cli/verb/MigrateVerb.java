package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.ContainerArguments;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DestinationFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.NetworkHookOption;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.progress.ProgressDisplay;
import io.jmigrate.cli.progress.ProgressForm;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.CancelToken;
import io.jmigrate.migration.engine.LocalMigrate;
import io.jmigrate.migration.engine.LocalMigrateGroup;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.MemoryTerms;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.policy.Compress;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.HeirCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves running containers to another node. */
public final class MigrateVerb implements Verb {
    private final ContainerArguments containers = new ContainerArguments();
    private final CriuOption criu = new CriuOption();
    private final NetworkHookOption networkHook = new NetworkHookOption();
    private final DestinationFlags destination = new DestinationFlags();
    private boolean verifyMemory;
    private Optional<TrackerKind> tracker = Optional.empty();
    private Optional<Compress> compress = Optional.empty();
    private boolean keepNothing;
    private boolean dryRun;
    private boolean group;
    private Format format = Format.TABLE;
    private ProgressForm progress = ProgressForm.AUTO;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "migrate",
                        "Move running containers to another node.",
                        "Its memory, open files and TCP connections come along. If it fails the container runs on here; the",
                        "message says so. Ctrl-C gives it up, unless the other node has been told to take over. After a crash or a",
                        "broken connection `jmigrate migration recover` decides. Several containers move one after the other, each for itself:",
                        "what fails for one does not keep the others, a table says in the end what became of each, and the exit status is",
                        "that of the one that ended worst. With --group they move as one.")
                .flag(
                        "--verify-memory",
                        "Compare all memory at both ends before the other node takes over; it stands still longer, by about a second a GiB.",
                        value -> verifyMemory = value)
                .option(
                        "--tracker",
                        "KIND",
                        "How changes of memory are found: uffd (the kernel notes them) or hash (all is compared); default: uffd"
                                + " if there is such a kernel.",
                        text -> Choice.of(TrackerKind.class, text),
                        value -> tracker = Optional.of(value))
                .option(
                        "--compress",
                        "WAY",
                        "Of memory on its way: auto (default; zstd where it arrives sooner so), off, or zstd (whatever gets smaller).",
                        text -> Choice.of(Compress.class, text),
                        value -> compress = Optional.of(value))
                .flag(
                        "--keep-nothing",
                        "Keep none of its memory here when it has left, whatever `node serve --kept-memory` says.",
                        value -> keepNothing = value)
                .flag(
                        "--group",
                        "Several containers as one: copied at the same time, frozen at one point, and handed over all or none.",
                        value -> group = value)
                .flag(
                        "--dry-run",
                        "Look at both ends, print what was found, and do nothing; exit code 4 if something stands against it.",
                        value -> dryRun = value)
                .option(
                        "--format",
                        "FORMAT",
                        "Of a dry run, and of what became of several containers: table (default) or json.",
                        Format::ofTable,
                        value -> format = value)
                .option(
                        "--progress",
                        "FORM",
                        "auto (default: rows that are drawn anew on a terminal, else lines), json (events on standard output, one a line) or none.",
                        text -> Choice.of(ProgressForm.class, text),
                        value -> progress = value);
        return containers
                .declare(networkHook.declare(criu.declare(destination.declare(verb))))
                .examples(
                        "$ jmigrate migrate web1 --to other.example:7070",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --dry-run",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --mode hybrid",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --mode restart --stop-timeout 30s",
                        "$ jmigrate migrate web1 --to 10.0.0.2:7070 --progress json",
                        "$ jmigrate migrate web1 web2 db --to 10.0.0.2:7070 --bandwidth 100MiB/s",
                        "$ jmigrate migrate web1 db --to 10.0.0.2:7070 --group");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("migrate a container");
        List<MigrateRequest> requests = requests(session);
        LocalMigrate migrate =
                new LocalMigrate(ThisNode.of(session, criu, networkHook)).withHeir(id -> heir(session, id));
        if (dryRun) {
            return inspect(requests, migrate).print(session.out(), format).status();
        }
        if (requests.size() > 1) {
            SeveralMigrations several = new SeveralMigrations(session, progress, format);
            ExitCode worst = group
                    ? several.together(requests, new LocalMigrateGroup(migrate))
                    : several.inTurn(requests, migrate);
            return worst.status();
        }
        try (ProgressDisplay display = session.show(progress, false)) {
            CancelToken cancel = new CancelToken();
            MigrationSignals.give(session, cancel, display);
            migrate.run(requests.getFirst(), display.next(), cancel);
        }
        return ExitCode.SUCCESS.status();
    }

    private HeirCommand heir(Session session, MigrationId id) {
        List<String> words = new ArrayList<>(List.of("migration", "recover", "--" + RecoverVerb.ABANDONED));
        criu.program()
                .ifPresent(program ->
                        words.addAll(List.of("--criu", program.toAbsolutePath().toString())));
        words.add(id.value());
        return session.heir(words.toArray(String[]::new));
    }

    private List<MigrateRequest> requests(Session session) {
        if (destination.startsAnew()) {
            refuseWhatNeedsMemory();
        }
        if (destination.memoryMayFollow()) {
            refuseWhatNeedsAllMemory();
        }
        List<MigrateRequest> requests =
                containers.ids().stream().map(id -> request(session, id)).toList();
        if (group && requests.size() < 2) {
            throw Failure.of(OptionCode.USAGE, "migrate --group needs two containers or more");
        }
        return requests;
    }

    private void refuseWhatNeedsAllMemory() {
        String following = "--mode post-copy or hybrid, or --on-stall hybrid, with which it follows after that";
        if (verifyMemory) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--verify-memory compares memory before the other node takes over: not with " + following);
        }
        if (group) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--group moves all containers or none, so all of their memory is there first: not with "
                            + following);
        }
    }

    private MigrateRequest request(Session session, ContainerId container) {
        MemoryTerms memory = new MemoryTerms(verifyMemory, tracker, compress.orElse(Compress.AUTO), !keepNothing);
        return destination.request("migrate", session.root(), container.value(), memory);
    }

    private void refuseWhatNeedsMemory() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--verify-memory", verifyMemory);
        given.put("--tracker", tracker.isPresent());
        given.put("--compress", compress.isPresent());
        DestinationFlags.refuseWithRestart(given);
        if (group) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--group freezes containers at one point: not with --mode restart, which ends them");
        }
    }

    private static CheckList inspect(List<MigrateRequest> requests, LocalMigrate migrate) {
        if (requests.size() == 1) {
            return CheckList.of(migrate.inspect(requests.getFirst()));
        }
        Map<String, List<Check>> found = new LinkedHashMap<>();
        requests.forEach(request -> found.put(request.container(), migrate.inspect(request)));
        return CheckList.of(found);
    }
}
