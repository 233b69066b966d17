package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveWriter;
import io.jmigrate.archive.Compression;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.ImageOptions;
import io.jmigrate.cli.option.TreeFlags;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.runtime.container.ContainerRecord;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a running container into an image directory or an archive. */
public final class CheckpointVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final ImageOptions images = new ImageOptions();
    private final TreeFlags tree = new TreeFlags();
    private boolean leaveRunning;
    private Optional<Path> export = Optional.empty();
    private Compression compression = Compression.DEFAULT;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                this,
                "checkpoint",
                "Write a running container into an image directory or an archive.",
                "The container ends and is removed unless --leave-running is given. `jmigrate restore` brings it back.",
                "Files of the root filesystem are not part of it.");
        tree.declare(images.declare(verb))
                .flag("--leave-running", "Let the container run on.", value -> leaveRunning = value)
                .option(
                        "-e, --export",
                        "FILE",
                        "Write an archive that only its owner can read; FILE must not exist.",
                        Path::of,
                        value -> export = Optional.of(value))
                .option(
                        "-c, --compress",
                        "HOW",
                        "Of the archive: zstd (default), gzip or none.",
                        CheckpointVerb::compression,
                        value -> compression = value);
        return container
                .declare(verb)
                .examples(
                        "$ jmigrate checkpoint --image-path images web1",
                        "$ jmigrate checkpoint --tcp-established --export web1.tar.zst web1");
    }

    private static Compression compression(String name) {
        return Compression.named(name)
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is none of zstd, gzip, none"));
    }

    @Override
    public int run(Session session) {
        CheckpointContainer operation = new CheckpointContainer(
                session.containers(), session.invocation().launcher(), Criu.of(session));
        if (export.isEmpty()) {
            operation.run(request(session, session.resolve(images.imagePath())));
        } else {
            Path file = session.resolve(export.get());
            ArchiveWriter.requireNew(file);
            ContainerRecord record = session.containers().inspect(container.id());
            Path directory = images.imagePathGiven()
                    ? session.resolve(images.imagePath())
                    : CheckpointArchive.newImageDirectory(file);
            Checkpoint checkpoint = operation.run(request(session, directory));
            CheckpointArchive.write(file, record, checkpoint, compression, !images.imagePathGiven());
        }
        session.out().println(container.id());
        return ExitCode.SUCCESS.status();
    }

    private CheckpointRequest request(Session session, Path directory) {
        CheckpointRequest request = CheckpointRequest.of(container.id(), directory)
                .withLeaveRunning(leaveRunning)
                .withOptions(tree.options());
        return images.workPath()
                .map(session::resolve)
                .map(request::withWorkDirectory)
                .orElse(request);
    }
}
