package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.ArchiveReader;
import io.jmigrate.archive.ArchiveSource;
import io.jmigrate.archive.ImportRequest;
import io.jmigrate.archive.ImportedArchive;
import io.jmigrate.archive.LazyArchive;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.consent.ArchiveBundle;
import io.jmigrate.cli.option.ArchiveSpecFlags;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.StrangerFlags;
import io.jmigrate.cli.option.VolumeChoice;
import io.jmigrate.criu.Restored;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.SpecChanges;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The exported file that a restore takes the images from: the options about it, and what is made of it. */
final class RestoreImport {
    private final DecryptionFlags decryption = new DecryptionFlags();
    private final ArchiveSpecFlags spec = new ArchiveSpecFlags();
    private final StrangerFlags strangers = new StrangerFlags();
    private final VolumeChoice volumes = new VolumeChoice();
    private Optional<Path> imported = Optional.empty();
    private boolean rootfsDiff;
    private boolean allowJob;

    /** Adds the options. */
    void declare(Declaration verb) {
        verb.option(
                        "-i, --import",
                        "FILE",
                        "Take the images from an exported file, or standard input if FILE is -; extracted below $TMPDIR or "
                                + TemporaryFiles.LARGE_DEFAULT + " and removed afterwards.",
                        Path::of,
                        value -> imported = Optional.of(value))
                .flag(
                        "--rootfs-diff",
                        "Change the root filesystem before the restore as the imported file says: what the container had changed "
                                + "and deleted.",
                        value -> rootfsDiff = value)
                .flag(
                        "--allow-job",
                        "Restore a job from an imported file without --trust: it may do whatever its maker wants, as root.",
                        value -> allowJob = value);
        strangers.declare(verb);
        decryption.declare(verb);
        spec.declare(verb);
        volumes.declare(verb);
    }

    /** The terms of a restore from it. */
    RestoreTerms terms(RestoreTerms terms) {
        return isGiven() ? strangers.ofArchive(terms) : terms;
    }

    /** Whether there is such a file. */
    boolean isGiven() {
        return imported.isPresent();
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param images whether an image directory was named
     * @param bundle whether a bundle's directory was named
     */
    void check(boolean images, boolean bundle) {
        if (isGiven() && images) {
            throw Failure.of(OptionCode.USAGE, "restore: --import and --image-path exclude each other");
        }
        strangers.check("restore", isGiven());
        if (rootfsDiff && !isGiven()) {
            throw Failure.of(OptionCode.USAGE, "restore: --rootfs-diff needs --import: images hold no files");
        }
        if (allowJob && !isGiven()) {
            throw Failure.of(OptionCode.USAGE, "restore: --allow-job needs --import: image directories are your own");
        }
        if (decryption.given() && !isGiven()) {
            throw Failure.of(OptionCode.USAGE, "restore: only what --import reads can be encrypted");
        }
        volumes.check(isGiven(), strangers.isTrusted() || !spec.allowsMounts());
        spec.check(isGiven(), bundle);
    }

    /**
     * Extracts the file, makes of it what was asked for, and has its images restored.
     *
     * @param bundle the container's; made if the file's own config.json is to be believed
     * @param changes what is other in the container than in its bundle
     * @param memory when it comes
     * @param restore restores from an image directory, and from the pages that aren't in it
     */
    Restored restore(
            Session session,
            Path bundle,
            SpecChanges changes,
            MemoryMode memory,
            Cancellation cancellation,
            BiFunction<Path, Optional<PageStore>, Restored> restore) {
        if (allowJob) {
            throw Failure.of(OptionCode.USAGE, "restore: --allow-job is for a job: leave CONTAINER out");
        }
        return opened(session, memory, cancellation, (archive, name, pages) -> {
            Jobs.refuse("restore: " + name, archive.job(), ": leave CONTAINER out");
            Brought brought = new Brought(archive, name, bundle, changes);
            return restore(session, brought, images -> restore.apply(images, pages));
        });
    }

    /** The same for a job. */
    Restored restoreJob(
            Session session,
            MemoryMode memory,
            Cancellation cancellation,
            BiFunction<Path, Optional<PageStore>, Restored> restore) {
        if (rootfsDiff || volumes.wanted() || spec.rootfs().isPresent()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: --rootfs, --rootfs-diff and --volumes are for containers: say CONTAINER");
        }
        return opened(session, memory, cancellation, (archive, name, pages) -> {
            JobFile job = archive.job()
                    .orElseThrow(() -> Failure.of(
                            OptionCode.USAGE,
                            "restore: " + name + " holds a container: say what it is to be called: CONTAINER"));
            requireConsent(job, name);
            return restore.apply(archive.imageDirectory(), pages);
        });
    }

    /** There is no bundle that says what a job may do: its images alone do. */
    private void requireConsent(JobFile job, String name) {
        if (!strangers.isTrusted() && !allowJob) {
            throw Failure.of(
                    ArchiveCode.ARCHIVE_JOB_REFUSED,
                    "archive " + name + " holds " + job.inSentence()
                            + ", and nobody vouches for it: a job runs outside of any container, with the rights that its images say");
        }
    }

    /** Restores from what was extracted. */
    @FunctionalInterface
    private interface Use {
        Restored of(ImportedArchive archive, String name, Optional<PageStore> pages);
    }

    private Restored opened(Session session, MemoryMode memory, Cancellation cancellation, Use use) {
        ArchiveSource source = ImportSource.of(session, imported.orElseThrow(), cancellation);
        try (ScratchDirectory scratch = ScratchDirectory.in(TemporaryFiles.large(session))) {
            Path target = scratch.path().resolve("import");
            ImportRequest request = importing(session, source, target, cancellation);
            Optional<LazyArchive> lazy = memory == MemoryMode.EAGER ? Optional.empty() : LazyArchive.open(request);
            ImportedArchive archive = lazy.map(LazyArchive::archive).orElseGet(() -> ArchiveReader.read(request));
            try {
                if (rootfsDiff || volumes.wanted()) {
                    lazy.map(LazyArchive::pages).ifPresent(PageStore::confirm); // these are not taken back
                }
                return use.of(archive, source.name(), lazy.map(LazyArchive::pages));
            } catch (Failure e) {
                throw KeptLogs.of(session).keep(e, target, "restore");
            } finally {
                lazy.ifPresent(LazyArchive::close);
            }
        }
    }

    private ImportRequest importing(Session session, ArchiveSource source, Path target, Cancellation cancellation) {
        return new ImportRequest(
                source,
                target,
                Limits.DEFAULT,
                _ -> cancellation.check(),
                strangers.key(session::resolve),
                decryption.decryption(session::resolve));
    }

    /** An archive that was extracted, its name, and the bundle that it is restored in, with what is to be other. */
    private record Brought(ImportedArchive archive, String name, Path bundle, SpecChanges changes) {}

    private Restored restore(Session session, Brought brought, Function<Path, Restored> restore) {
        if (spec.rootfs().isEmpty()) {
            return inBundle(session, brought, restore);
        }
        Path bundle = brought.bundle();
        ArchiveBundle made = ArchiveBundle.make(
                brought.name(),
                brought.archive().spec().orElseThrow(),
                session.resolve(spec.rootfs().get()),
                spec.allowed(),
                bundle);
        made.leftOut().forEach(item -> session.log().warning("left out of " + bundle + "/config.json: " + item));
        try {
            return inBundle(session, brought, restore);
        } catch (RuntimeException e) {
            made.removeAfter(e);
            throw e;
        }
    }

    private Restored inBundle(Session session, Brought brought, Function<Path, Restored> restore) {
        ImportedArchive archive = brought.archive();
        Path bundle = brought.bundle();
        Spec container = Specs.read(bundle, brought.changes(), "").spec();
        ImportedVolumes filled = ImportedVolumes.of(brought.name(), archive.volumes(), volumes, bundle, container);
        filled.unpack(strangers.isTrusted(), session.log()::warning);
        try {
            new ImportedChanges(rootfsDiff, session).of(archive, brought.name(), bundle, container);
            return restore.apply(archive.imageDirectory());
        } catch (RuntimeException e) {
            filled.removeAfter(e);
            throw e;
        }
    }
}
