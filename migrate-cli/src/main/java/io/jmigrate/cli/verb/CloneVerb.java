package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveReader;
import io.jmigrate.archive.ArchiveSource;
import io.jmigrate.archive.ImportRequest;
import io.jmigrate.archive.LazyArchive;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.cli.option.CloneNames;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.MemoryOption;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RestoreTermFlags;
import io.jmigrate.cli.option.StrangerFlags;
import io.jmigrate.cli.option.TreeOptionFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.CloneContainers;
import io.jmigrate.criu.CloneContainers.Clone;
import io.jmigrate.criu.RestoreContainer;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.request.CloneRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings one checkpoint to life several times. */
public final class CloneVerb implements Verb {
    private final CloneNames names = new CloneNames();
    private final TreeOptionFlags tree = new TreeOptionFlags();
    private final MemoryOption memory = new MemoryOption();
    private final StrangerFlags strangers = new StrangerFlags();
    private final CriuOption criu = new CriuOption();
    private final DecryptionFlags decryption = new DecryptionFlags();
    private final RestoreTermFlags terms = new RestoreTermFlags();
    private Optional<Path> work = Optional.empty();
    private Path checkpoint = Path.of("");
    private Path bundle = Path.of("");
    private Format format = Format.TABLE;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "clone",
                        "Bring one checkpoint to life several times.",
                        "Each container has an id, cgroups and namespaces of its own; all have the bundle's root filesystem, and read "
                                + "their memory from one place. Those that can't be made do not keep the others from running.")
                .option(
                        "-b, --bundle",
                        "DIR",
                        "Directory with config.json and the root filesystem (default: the current one).",
                        Path::of,
                        value -> bundle = value)
                .option(
                        "--work-path",
                        "DIR",
                        "Where CRIU's logs go, each in a directory of its container's name (default: kept of those that fail).",
                        Path::of,
                        value -> work = Optional.of(value))
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value);
        names.declare(verb);
        tree.declare(verb);
        terms.declareForMany(verb);
        memory.declare(verb);
        strangers.declare(verb);
        decryption.declare(verb);
        criu.declare(verb);
        return verb.argument(
                        "CHECKPOINT",
                        "An archive of checkpoint --export, or an image directory.",
                        Path::of,
                        value -> checkpoint = value)
                .examples(
                        "$ jmigrate clone --count 5 --bundle web --name-template web-{n} web.tar.zst",
                        "$ jmigrate clone --count 2 --bundle web --format json /var/tmp/web1",
                        "$ jmigrate clone -n 3 --bundle web --remap-mount /srv/a=/srv/b --identity key.txt web.tar.zst.age");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("clone a container");
        Cancellation cancellation = Cancellation.of(session.invocation().signals(), "the cloning");
        Path source = session.resolve(checkpoint);
        boolean images = Files.isDirectory(source);
        strangers.check("clone", !images);
        if (decryption.given() && images) {
            throw Failure.of(OptionCode.USAGE, "clone: only an exported file can be encrypted");
        }
        Wanted wanted = wanted(session, images);
        try (ScratchDirectory scratch = ScratchDirectory.in(TemporaryFiles.large(session))) {
            List<Clone> clones = images
                    ? ofImages(wanted, source, DirectoryPages.open(source), scratch, cancellation)
                    : ofArchive(wanted, source, scratch, cancellation);
            return report(session, clones, scratch.path());
        }
    }

    /** All that can be wrong with the words of the command, before the checkpoint is opened. */
    private record Wanted(
            Containers containers,
            RestoreContainer restore,
            List<ContainerId> ids,
            Path bundle,
            TreeOptions options,
            StandardStreams streams,
            MemoryMode memory,
            RestoreTerms terms,
            Optional<TrustedKey> trust,
            Optional<Decryption> decryption,
            Optional<Path> work) {}

    private Wanted wanted(Session session, boolean images) {
        Containers containers = session.containers();
        RestoreTerms other = terms.terms(session::resolve, tree.isEstablished());
        return new Wanted(
                containers,
                new RestoreContainer(containers, session.invocation().launcher(), session.criu(criu)),
                names.ids(),
                session.resolve(bundle),
                tree.options(),
                session.containerStreams(),
                memory.mode(),
                images ? other : strangers.ofArchive(other),
                strangers.key(session::resolve),
                decryption.decryption(session::resolve),
                work.map(session::resolve));
    }

    private static List<Clone> ofArchive(
            Wanted wanted, Path source, ScratchDirectory scratch, Cancellation cancellation) {
        ImportRequest request = new ImportRequest(
                new ArchiveSource.InFile(source),
                scratch.path().resolve("import"),
                Limits.DEFAULT,
                _ -> cancellation.check(),
                wanted.trust(),
                wanted.decryption());
        Optional<LazyArchive> lazy = LazyArchive.open(request);
        Path images = lazy.map(LazyArchive::archive)
                .orElseGet(() -> ArchiveReader.read(request))
                .imageDirectory();
        PageStore pages = lazy.map(LazyArchive::pages).orElseGet(() -> DirectoryPages.open(images));
        return ofImages(wanted, images, pages, scratch, cancellation);
    }

    private static List<Clone> ofImages(
            Wanted wanted, Path images, PageStore opened, ScratchDirectory scratch, Cancellation cancellation) {
        try (PageStore pages = opened) {
            Jobs.refuse("clone: the checkpoint", JobFile.read(images), ", and no container");
            CloneRequest request = new CloneRequest(
                    wanted.ids(),
                    wanted.bundle(),
                    images,
                    wanted.work().orElseGet(() -> scratch.path().resolve("logs")),
                    wanted.options(),
                    wanted.streams(),
                    wanted.memory(),
                    wanted.terms(),
                    pages);
            return new CloneContainers(wanted.containers(), wanted.restore()).run(request, cancellation::check);
        }
    }

    private int report(Session session, List<Clone> clones, Path scratch) {
        KeptLogs logs = KeptLogs.of(session);
        for (Clone clone : clones) {
            clone.failure()
                    .map(failure -> logs.keep(failure, scratch, clone.id().value()))
                    .ifPresent(failure ->
                            session.log().error(failure, session.global().debug()));
        }
        CloneReport report = new CloneReport(clones);
        report.print(session, format);
        return (report.isComplete() ? ExitCode.SUCCESS : ExitCode.FAILED).status();
    }
}
