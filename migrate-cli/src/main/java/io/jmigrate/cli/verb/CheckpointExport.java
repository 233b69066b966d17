package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveTarget;
import io.jmigrate.archive.ArchiveWriter;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.ExportRequest;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.rootfs.ChangedFiles;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.archive.rootfs.RootfsDifference;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.pages.frozen.PagesSource;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A checkpoint into one file. A container that is to end is frozen until the file is complete, so that a full disk costs nothing but
 * a pause; one that is to run on goes on as soon as its images are written.
 *
 * @param temporary where the images lie meanwhile if the target is no file, or one that nobody else is to read
 * @param rootfsBase what to compare the root filesystem with, none if its changes don't go along
 */
record CheckpointExport(
        Containers containers,
        CheckpointContainer checkpoint,
        ArchiveTarget target,
        Path temporary,
        Compression compression,
        Optional<SigningKey> signing,
        Optional<Encryption> encryption,
        Function<Path, Optional<RootfsBase>> rootfsBase,
        Optional<Path> workDirectory,
        Cancellation cancellation,
        Bar bar) {

    /** @param request makes the request for an image directory and a work directory */
    void run(BiFunction<Path, Optional<Path>, CheckpointRequest> request) {
        try (ScratchDirectory scratch = scratch()) {
            run(request, scratch.path().resolve("checkpoint"));
        }
    }

    /** Images in plain have no place beside a file that is encrypted because of the disk that it is on. */
    private ScratchDirectory scratch() {
        return switch (target) {
            case ArchiveTarget.InFile(Path file) -> {
                ArchiveWriter.requireNew(file);
                yield encryption.isPresent() ? ScratchDirectory.in(temporary) : ScratchDirectory.beside(file);
            }
            case ArchiveTarget.Stream _ -> ScratchDirectory.in(temporary);
        };
    }

    private void run(BiFunction<Path, Optional<Path>, CheckpointRequest> request, Path images) {
        try {
            CheckpointRequest dump = request.apply(images, workDirectory);
            ContainerRecord container = containers.inspect(dump.container());
            // before the container is frozen: whether there is something to compare with
            Changes changes = new Changes(container.rootfs(), rootfsBase.apply(container.rootfs()), images.getParent());
            AtomicReference<Optional<ChangedFiles>> changed = new AtomicReference<>(Optional.empty());
            try (ArchivedMemory memory = new ArchivedMemory(
                    dump.leaveRunning(),
                    cancellation,
                    () -> changed.set(changes.write()),
                    pages -> write(container, images, Optional.empty(), changed.get(), pages))) {
                Checkpoint done = checkpoint.run(dump, memory);
                if (dump.leaveRunning()) {
                    write(container, images, Optional.of(done.log()), changed.get(), memory.kept());
                }
            }
        } catch (Failure e) {
            throw TemporaryFiles.unmentioned(e, images);
        }
    }

    /**
     * Changes of the root filesystem, which are read while the container is frozen.
     *
     * @param base none if they don't go along
     * @param directory for the files
     */
    private record Changes(Path rootfs, Optional<RootfsBase> base, Path directory) {
        Optional<ChangedFiles> write() {
            return base.map(known -> RootfsDifference.write(rootfs, known, directory));
        }
    }

    private void write(
            ContainerRecord container,
            Path images,
            Optional<Path> log,
            Optional<ChangedFiles> changed,
            List<PagesSource> pages) {
        ExportRequest request = new ExportRequest(
                target,
                description(container),
                containers.store().configFile(container.id()),
                images,
                log,
                log.map(CheckpointExport::statistics).filter(Files::exists),
                changed.flatMap(ChangedFiles::tar),
                changed.flatMap(ChangedFiles::deleted),
                compression,
                progress(size(images, pages)),
                signing,
                encryption,
                pages);
        ArchiveWriter.write(request);
        bar.erase();
    }

    /** CRIU writes them beside its log when a dump has ended; until then there are none. */
    private static Path statistics(Path log) {
        return log.resolveSibling("stats-dump");
    }

    private Progress progress(long expected) {
        return bytes -> {
            cancellation.check();
            bar.show("archive", bytes, expected);
        };
    }

    /** An estimate: what can't be read now fails when it is packed. */
    private static long size(Path images, List<PagesSource> pages) {
        try (Stream<Path> files = Files.list(images)) {
            long elsewhere = pages.stream().mapToLong(PagesSource::bytes).sum();
            return elsewhere + files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static ContainerDescription description(ContainerRecord container) {
        String id = container.id().value();
        return new ContainerDescription(
                id,
                id,
                container.bundle().toString(),
                "jmigrate",
                container.created(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
