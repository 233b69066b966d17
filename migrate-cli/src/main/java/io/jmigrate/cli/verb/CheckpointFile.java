package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveTarget;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.EncryptionFlags;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.RootfsDiffFlags;
import io.jmigrate.cli.option.VolumeFlags;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.Optional;

/** The file that a checkpoint goes to in place of an image directory: the options about it, and what is made of them. */
final class CheckpointFile {
    private static final Path STREAM = Path.of("-");

    private final EncryptionFlags encryption = new EncryptionFlags();
    private final RootfsDiffFlags rootfs = new RootfsDiffFlags();
    private final VolumeFlags volumes = new VolumeFlags();
    private Optional<Path> export = Optional.empty();
    private Optional<Path> signingKey = Optional.empty();
    private Compression compression = Compression.DEFAULT;

    /** Adds the options. */
    void declare(Declaration verb) {
        verb.option(
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

    /** Whether there is to be such a file. */
    boolean isWanted() {
        return export.isPresent();
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param images whether an image directory was named
     * @param ofJob whether it is a job that is saved
     */
    void check(boolean images, boolean ofJob) {
        if (isWanted() && images) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --export and --image-path exclude each other");
        }
        if (signingKey.isPresent() && !isWanted()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --sign needs --export: only a file can be signed");
        }
        rootfs.check(isWanted(), ofJob);
        volumes.check(isWanted(), ofJob);
        if (encryption.given() && !isWanted()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: only what --export writes can be encrypted");
        }
    }

    /** Saves a tree to it. */
    void export(Session session, ExportedTree tree, Cancellation cancellation) {
        new CheckpointExport(
                        target(session, export.orElseThrow(), cancellation),
                        TemporaryFiles.large(session),
                        compression,
                        signingKey.map(session::resolve).map(SigningKey::read),
                        encryption.encryption(session::resolve),
                        directory -> rootfs.base(directory, session::resolve),
                        volumes.volumes(),
                        cancellation,
                        session.bar())
                .run(tree);
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
}
