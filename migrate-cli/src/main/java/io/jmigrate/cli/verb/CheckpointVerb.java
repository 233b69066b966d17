package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuConfigOption;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DumpTermFlags;
import io.jmigrate.cli.option.JobOption;
import io.jmigrate.cli.option.LazyPagesFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.TreeOptionFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.PreDumpContainer;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** Freezes a container into images or an archive. */
public final class CheckpointVerb implements Verb {
    /** Where images go by default, in the caller's directory. */
    static final Path IMAGES_DEFAULT = Path.of("checkpoint");

    private final ContainerArgument container = new ContainerArgument();
    private final JobOption job = new JobOption();
    private final CheckpointFile file = new CheckpointFile();
    private final TreeOptionFlags tree = new TreeOptionFlags();
    private final DumpTermFlags terms = new DumpTermFlags();
    private final CriuOption criu = new CriuOption();
    private final CriuConfigOption criuConfig = new CriuConfigOption();
    private final LazyPagesFlags lazy = new LazyPagesFlags();
    private Optional<Path> images = Optional.empty();
    private Optional<Path> work = Optional.empty();
    private boolean leaveRunning;
    private boolean skipInFlight;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "checkpoint",
                "Save a running container, or a job, to images (or to one file) and end it.",
                "A paused container can be saved too. If anything fails the container, or the job, goes on as it was.");
        job.declare(verb, "Save");
        declarePlaces(verb);
        verb.flag("--leave-running", "Let the container go on as it was.", value -> leaveRunning = value);
        tree.declare(verb)
                .flag(
                        "--tcp-skip-in-flight",
                        "Leave out TCP connections that no process has accepted yet.",
                        value -> skipInFlight = value)
                .flag(
                        "--link-remap",
                        "Accepted for runc's sake: open files that have lost the name of their opening are kept without it.",
                        _ -> {});
        terms.declare(verb);
        criu.declare(verb);
        criuConfig.declare(verb);
        lazy.declare(verb);
        return container
                .declareOptional(verb, "Left out with --pid.")
                .examples(
                        "$ jmigrate checkpoint --image-path /var/tmp/web1 web1",
                        "$ jmigrate checkpoint --leave-running --export web1.tar.zst web1",
                        "$ jmigrate checkpoint --export web1.tar.zst --sign secret.pem web1",
                        "$ jmigrate checkpoint --export web1.tar.zst.age --encrypt age1... web1",
                        "$ jmigrate checkpoint --lazy-pages --page-server 10.0.0.1:7000 --image-path web1.img web1",
                        "$ jmigrate checkpoint --pid 4711 --image-path /var/tmp/job",
                        "$ jmigrate restore --bundle web --import web1.tar.zst web2");
    }

    private void declarePlaces(Declaration verb) {
        verb.option(
                        "--image-path",
                        "DIR",
                        "Where the images go (default: ./" + IMAGES_DEFAULT + ").",
                        Path::of,
                        value -> images = Optional.of(value))
                .option(
                        "--work-path",
                        "DIR",
                        "Where CRIU's log goes (default: the image directory).",
                        Path::of,
                        value -> work = Optional.of(value));
        file.declare(verb);
    }

    @Override
    public int run(Session session) {
        session.requireRoot("checkpoint " + (job.pid().isPresent() ? "a job" : "a container"));
        file.check(images.isPresent(), job.pid().isPresent());
        lazy.check(terms, file.isWanted() || job.pid().isPresent(), leaveRunning);
        if (job.pid().isPresent()) {
            job(session, job.pid().get());
            return ExitCode.SUCCESS.status();
        }
        criuConfig.refuseWithoutJob("checkpoint");
        if (!container.isGiven()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: name a CONTAINER, or a job: --pid PID");
        } else if (file.isWanted()) {
            toFile(session);
        } else {
            toDirectory(session, session.resolve(images.orElse(IMAGES_DEFAULT)));
        }
        return ExitCode.SUCCESS.status();
    }

    private void job(Session session, int pid) {
        if (container.isGiven() || terms.isPreDump()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --pid goes neither with a CONTAINER nor with --pre-dump");
        }
        JobCheckpoint checkpoint = new JobCheckpoint(
                session,
                session.criu(criu),
                pid,
                work.map(session::resolve),
                leaveRunning,
                tree.options().withTcpSkipInFlight(skipInFlight),
                criuConfig.ofJob(session::resolve, session.log()::warning));
        if (file.isWanted()) {
            checkpoint.toFile(file, terms.terms(Optional.empty()));
        } else {
            Path directory = session.resolve(images.orElse(IMAGES_DEFAULT));
            checkpoint.toDirectory(directory, terms.terms(Optional.of(directory)));
        }
    }

    private void toFile(Session session) {
        DumpTerms inFile = terms.terms(Optional.empty());
        Cancellation cancellation = cancellation(session);
        ExportedTree exported = new ExportedContainer(
                session.containers(),
                session.containers().inspect(container.id()),
                checkpointing(session),
                leaveRunning,
                directory -> request(session, directory).withTerms(inFile));
        file.export(session, exported, cancellation);
    }

    private void toDirectory(Session session, Path directory) {
        CheckpointRequest request = request(session, directory).withTerms(terms.terms(Optional.of(directory)));
        if (terms.isPreDump()) {
            preDumping(session).run(request);
            return;
        }
        if (lazy.isWanted()) {
            new LazyGiving(session, request, lazy.statusFd()).run(checkpointing(session));
            return;
        }
        checkpointing(session)
                .run(
                        request,
                        new CancellableDump(
                                cancellation(session),
                                leaveRunning,
                                written ->
                                        ChangedLimits.write(session.containers().store(), container.id(), written)));
        tellOfPageServer(session, request);
    }

    /** Nobody can restore from the image directory alone then. */
    private static void tellOfPageServer(Session session, CheckpointRequest request) {
        request.terms().pageServer().ifPresent(address -> session.log()
                .warning("memory is in the images of the page server " + address + ": put its files beside those in "
                        + request.imageDirectory() + " before a restore"));
    }

    private PreDumpContainer preDumping(Session session) {
        return new PreDumpContainer(session.containers(), session.invocation().launcher(), session.criu(criu));
    }

    private CheckpointRequest request(Session session, Path directory) {
        CheckpointRequest request = CheckpointRequest.of(container.id(), directory)
                .withOptions(tree.options().withTcpSkipInFlight(skipInFlight))
                .withLeaveRunning(leaveRunning);
        return work.map(session::resolve).map(request::withWorkDirectory).orElse(request);
    }

    private Cancellation cancellation(Session session) {
        return Cancellation.of(
                session.invocation().signals(),
                "the checkpoint of " + container.id().inSentence() + ", which goes on as it was,");
    }

    private CheckpointContainer checkpointing(Session session) {
        return new CheckpointContainer(
                        session.containers(), session.invocation().launcher(), session.criu(criu))
                .withHeir(id -> session.heir("resume", "--" + ResumeVerb.ABANDONED, id.value()));
    }
}
