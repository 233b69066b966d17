package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ConsoleOption;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuConfigOption;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.MemoryOption;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RestoreTermFlags;
import io.jmigrate.cli.option.StreamsOption;
import io.jmigrate.cli.option.TreeOptionFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.RestoreContainer;
import io.jmigrate.criu.Restored;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.request.JobRestoreRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.stream.RestoredStreams;
import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/** Brings a container back from images or an archive. */
public final class RestoreVerb implements Verb {
    private static final Path IMAGES_DEFAULT = Path.of("checkpoint");

    private final ContainerArgument container = new ContainerArgument();
    private final RestoreImport imported = new RestoreImport();
    private final TreeOptionFlags tree = new TreeOptionFlags();
    private final RestoreTermFlags terms = new RestoreTermFlags();
    private final MemoryOption memory = new MemoryOption();
    private final CriuOption criu = new CriuOption();
    private final CriuConfigOption criuConfig = new CriuConfigOption();
    private final ConsoleOption console = new ConsoleOption();
    private final StreamsOption streams = new StreamsOption();
    private Optional<Path> bundle = Optional.empty();
    private Optional<Path> images = Optional.empty();
    private Optional<Path> work = Optional.empty();
    private Optional<Path> pidFile = Optional.empty();
    private boolean detach;
    private boolean noPivot;
    private boolean newPids;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "restore",
                "Bring a container, or a job, back from a checkpoint.",
                "The bundle says how the container is made; what an imported file says about that is not believed.");
        declarePlaces(verb);
        verb.option(
                        "--pid-file",
                        "FILE",
                        "Write the pid of the container's init, or of the job's first process, to FILE.",
                        Path::of,
                        value -> pidFile = Optional.of(value))
                .flag("-d, --detach", "Leave the container, or the job, running and return.", value -> detach = value)
                .flag(
                        "--no-pivot",
                        "Accepted for runc's sake, with a warning: CRIU enters the root filesystem with pivot_root.",
                        value -> noPivot = value)
                .flag(
                        "--new-pids",
                        "Give a job a pid namespace of its own, so that its pids may be somebody else's here.",
                        value -> newPids = value)
                .flag("--no-subreaper", "Accepted for runc's sake: no subreaper is used.", _ -> {});
        tree.declare(verb);
        terms.declare(verb);
        memory.declare(verb);
        criu.declare(verb);
        criuConfig.declare(verb);
        console.declare(verb);
        streams.declare(verb);
        return container
                .declareOptional(verb, "Left out if the checkpoint is one of a job.")
                .examples(
                        "$ jmigrate restore -d --bundle web --image-path /var/tmp/web1 web1",
                        "$ jmigrate restore -d --bundle web --import web1.tar.zst web2",
                        "$ jmigrate restore -d --bundle web --import web1.tar.zst --trust public.pem web2",
                        "$ jmigrate restore -d --bundle new --rootfs /srv/web --import web1.tar.zst web2",
                        "$ jmigrate restore -d --image-path /var/tmp/job",
                        "$ jmigrate restore -d --new-pids --import job.tar.zst --trust public.pem");
    }

    private void declarePlaces(Declaration verb) {
        container.declareOption(verb);
        verb.option(
                        "-b, --bundle",
                        "DIR",
                        "Directory with config.json and the root filesystem (default: the current one).",
                        Path::of,
                        value -> bundle = Optional.of(value))
                .option(
                        "--image-path",
                        "DIR",
                        "Where the images are (default: ./" + IMAGES_DEFAULT + ").",
                        Path::of,
                        value -> images = Optional.of(value))
                .option(
                        "--work-path",
                        "DIR",
                        "Where CRIU's log goes (default: the image directory).",
                        Path::of,
                        value -> work = Optional.of(value));
        imported.declare(verb);
    }

    @Override
    public int run(Session session) {
        container.check("restore");
        session.requireRoot("restore " + (container.isGiven() ? "a container" : "a job"));
        imported.check(images.isPresent(), bundle.isPresent());
        streams.check(
                !container.isGiven(),
                imported.terms(RestoreTerms.NONE).strangers().isEmpty());
        if (noPivot) {
            session.log()
                    .warning(
                            "--no-pivot does not matter to a restore: CRIU enters the root filesystem with pivot_root");
        }
        if (!container.isGiven()) {
            return restoreJob(session);
        }
        criuConfig.refuseWithoutJob("restore");
        Cancellation cancellation = Cancellation.of(
                session.invocation().signals(),
                "the restore of " + container.id().inSentence());
        RestoreTerms wanted = imported.terms(terms.terms(session::resolve, tree.isEstablished()));
        Restored restored = imported.isGiven()
                ? imported.restore(
                        session,
                        bundle(session),
                        wanted.changes(),
                        memory.mode(),
                        cancellation,
                        (directory, pages) -> restore(session, directory, wanted, pages, cancellation))
                : ofImages(session, session.resolve(images.orElse(IMAGES_DEFAULT)), wanted, cancellation);
        return detach ? ExitCode.SUCCESS.status() : await(session, restored, cancellation);
    }

    private int restoreJob(Session session) {
        if (bundle.isPresent() || console.socket().isPresent()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: name the CONTAINER: --bundle and --console-socket are for one, not for a job");
        }
        if (memory.mode() == MemoryMode.LAZY && !newPids) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: --lazy-pages of a job needs --new-pids: else it can't be killed as a whole if its memory stops coming");
        }
        MemoryMode mode = newPids ? memory.mode() : MemoryMode.EAGER;
        RestoreTerms wanted = terms.ofJob(tree.isEstablished());
        JobRestore restore =
                new JobRestore(session, session.criu(criu), criuConfig.ofJob(session::resolve, session.log()::warning));
        BiFunction<Path, Optional<PageStore>, JobRestoreRequest> request = (directory, pages) -> new JobRestoreRequest(
                directory,
                work.map(session::resolve),
                tree.options(),
                wanted,
                session.containerStreams(),
                mode,
                pages,
                newPids,
                pidFile.map(session::resolve));
        Restored restored = imported.isGiven()
                ? imported.restoreJob(session, mode, restore.cancellation(), request.andThen(restore::run))
                : restore.run(request.apply(session.resolve(images.orElse(IMAGES_DEFAULT)), Optional.empty()));
        return detach ? ExitCode.SUCCESS.status() : restore.await(restored);
    }

    private Path bundle(Session session) {
        return session.resolve(bundle.orElse(Path.of("")));
    }

    private Restored ofImages(Session session, Path directory, RestoreTerms wanted, Cancellation cancellation) {
        Jobs.refuse("restore: " + directory, JobFile.read(directory), ": leave CONTAINER out");
        return restore(session, directory, wanted, Optional.empty(), cancellation);
    }

    private Restored restore(
            Session session,
            Path directory,
            RestoreTerms wanted,
            Optional<PageStore> pages,
            Cancellation cancellation) {
        try (RestoredStreams restored = streams.open(directory, session.containerStreams(), session.log()::warning)) {
            RestoreRequest request = new RestoreRequest(
                    container.id(),
                    bundle(session),
                    directory,
                    work.map(session::resolve),
                    tree.options(),
                    wanted,
                    restored.streams(),
                    session.console(console, !detach),
                    memory.mode(),
                    pages,
                    pidFile.map(session::resolve));
            return restoring(session)
                    .run(request, new RestoreProgress(session, cancellation))
                    .orElseThrow();
        }
    }

    private RestoreContainer restoring(Session session) {
        return new RestoreContainer(session.containers(), session.invocation().launcher(), session.criu(criu));
    }

    private int await(Session session, Restored restored, Cancellation cancellation) {
        cancellation.handOver(session.invocation().signals(), restored.child(), restored.root());
        int status = restored.child().await().code();
        session.containers().delete().delete(new DeleteRequest(container.id(), true));
        return status;
    }
}
