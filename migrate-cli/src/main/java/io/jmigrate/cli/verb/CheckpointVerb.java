package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveTarget;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DumpTermFlags;
import io.jmigrate.cli.option.EncryptionFlags;
import io.jmigrate.cli.option.JobOption;
import io.jmigrate.cli.option.LazyPagesFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RootfsDiffFlags;
import io.jmigrate.cli.option.TreeOptionFlags;
import io.jmigrate.cli.option.VolumeFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.PreDumpContainer;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.JobCheckpointRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.Optional;

/** Freezes a container into images or an archive. */
public final class CheckpointVerb implements Verb {
    /** Where images go by default, in the caller's directory. */
    static final Path IMAGES_DEFAULT = Path.of("checkpoint");

    private static final Path STREAM = Path.of("-");

    private final ContainerArgument container = new ContainerArgument();
    private final EncryptionFlags encryption = new EncryptionFlags();
    private final JobOption job = new JobOption();
    private final RootfsDiffFlags rootfs = new RootfsDiffFlags();
    private final VolumeFlags volumes = new VolumeFlags();
    private final TreeOptionFlags tree = new TreeOptionFlags();
    private final DumpTermFlags terms = new DumpTermFlags();
    private final CriuOption criu = new CriuOption();
    private final LazyPagesFlags lazy = new LazyPagesFlags();
    private Optional<Path> images = Optional.empty();
    private Optional<Path> work = Optional.empty();
    private Optional<Path> export = Optional.empty();
    private Optional<Path> signingKey = Optional.empty();
    private Compression compression = Compression.DEFAULT;
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
                        value -> work = Optional.of(value))
                .option(
                        "-e, --export",
                        "FILE",
                        "Pack everything into FILE, in podman's layout, readable by you alone; - writes it to standard output.",
                        Path::of,
                        value -> export = Optional.of(value))
                .option(
                        "-c, --compress",
                        "HOW",
                        "Compression of the exported file: zstd (default), zstd:LEVEL (1-19), gzip, gzip:LEVEL (1-9) or none.",
                        Compression::named,
                        value -> compression = value)
                .option(
                        "--sign",
                        "KEYFILE",
                        "Sign the exported file with the private Ed25519 key in KEYFILE (PEM).",
                        Path::of,
                        value -> signingKey = Optional.of(value));
        encryption.declare(verb);
        rootfs.declare(verb);
        volumes.declare(verb);
    }

    @Override
    public int run(Session session) {
        session.requireRoot("checkpoint " + (job.pid().isPresent() ? "a job" : "a container"));
        if (export.isPresent() && images.isPresent()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --export and --image-path exclude each other");
        }
        if (signingKey.isPresent() && export.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --sign needs --export: only a file can be signed");
        }
        rootfs.check(export.isPresent());
        volumes.check(export.isPresent());
        if (encryption.given() && export.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: only what --export writes can be encrypted");
        }
        lazy.check(terms.given(), export.isPresent() || job.pid().isPresent(), leaveRunning || terms.isPreDump());
        if (job.pid().isPresent()) {
            jobCheckpoint(session).run(session, session.criu(criu));
        } else if (!container.isGiven()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: name a CONTAINER, or a job: --pid PID");
        } else if (export.isPresent()) {
            DumpTerms inFile = terms.terms(Optional.empty());
            exporting(session, export.get())
                    .run((images, log) -> request(images, log).withTerms(inFile));
        } else {
            toDirectory(session, session.resolve(images.orElse(IMAGES_DEFAULT)));
        }
        return ExitCode.SUCCESS.status();
    }

    private void toDirectory(Session session, Path directory) {
        CheckpointRequest request =
                request(directory, work.map(session::resolve)).withTerms(terms.terms(Optional.of(directory)));
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

    private JobCheckpoint jobCheckpoint(Session session) {
        if (container.isGiven() || export.isPresent() || terms.isPreDump()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "checkpoint: --pid goes neither with a CONTAINER nor with --export or --pre-dump");
        }
        Path directory = session.resolve(images.orElse(IMAGES_DEFAULT));
        return new JobCheckpoint(new JobCheckpointRequest(
                job.pid().orElseThrow(),
                directory,
                work.map(session::resolve),
                leaveRunning,
                tree.options().withTcpSkipInFlight(skipInFlight),
                terms.terms(Optional.of(directory))));
    }

    private CheckpointRequest request(Path directory, Optional<Path> workDirectory) {
        CheckpointRequest request = CheckpointRequest.of(container.id(), directory)
                .withOptions(tree.options().withTcpSkipInFlight(skipInFlight))
                .withLeaveRunning(leaveRunning);
        return workDirectory.map(request::withWorkDirectory).orElse(request);
    }

    private CheckpointExport exporting(Session session, Path file) {
        Cancellation cancellation = cancellation(session);
        return new CheckpointExport(
                session.containers(),
                checkpointing(session),
                target(session, file, cancellation),
                TemporaryFiles.large(session),
                compression,
                signingKey.map(session::resolve).map(SigningKey::read),
                encryption.encryption(session::resolve),
                directory -> rootfs.base(directory, session::resolve),
                volumes.volumes(),
                work.map(session::resolve),
                cancellation,
                session.bar());
    }

    private static ArchiveTarget target(Session session, Path file, Cancellation cancellation) {
        if (!file.equals(STREAM)) {
            return new ArchiveTarget.InFile(session.resolve(file));
        }
        if (session.invocation().streams().outIsTerminal()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --export -: standard output is a terminal");
        }
        Fd out = session.invocation().descriptors().get(1);
        return new ArchiveTarget.Stream(CallerPipe.out(out, cancellation), "(standard output)");
    }

    private Cancellation cancellation(Session session) {
        return Cancellation.of(
                session.invocation().signals(),
                "the checkpoint of " + container.id().inSentence() + ", which goes on as it was,");
    }

    private CheckpointContainer checkpointing(Session session) {
        return new CheckpointContainer(
                session.containers(), session.invocation().launcher(), session.criu(criu));
    }
}
