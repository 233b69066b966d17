package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.ArchiveTarget;
import io.jmigrate.archive.ArchiveWriter;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.ExportRequest;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.Volume;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.archive.rootfs.TakenFiles;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.pages.frozen.PagesSource;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A checkpoint into one file. A tree that is to end is frozen until the file is complete, so that a full disk costs nothing but
 * a pause; one that is to run on goes on as soon as its images are written.
 *
 * @param temporary where the images lie meanwhile if the target is no file, or one that nobody else is to read
 * @param rootfsBase what to compare the root filesystem with, none if its changes don't go along
 * @param volumes whose files go along
 */
record CheckpointExport(
        ArchiveTarget target,
        Path temporary,
        Compression compression,
        Optional<SigningKey> signing,
        Optional<Encryption> encryption,
        Function<Path, Optional<RootfsBase>> rootfsBase,
        List<Volume> volumes,
        Cancellation cancellation,
        Bar bar) {

    /** @throws Failure whatever the dump throws, or with an ArchiveCode */
    void run(ExportedTree tree) {
        try (ScratchDirectory scratch = scratch()) {
            run(tree, scratch.path().resolve("checkpoint"));
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

    private void run(ExportedTree tree, Path images) {
        try {
            // before it is frozen: whether there is something to compare with
            Optional<FrozenFiles.Reader> reader = tree.files(rootfsBase, volumes, images.getParent());
            AtomicReference<FrozenFiles> files = new AtomicReference<>(FrozenFiles.NONE);
            try (ArchivedMemory memory = new ArchivedMemory(
                    tree.leaveRunning(),
                    cancellation,
                    () -> {
                        tree.note(images);
                        reader.map(FrozenFiles.Reader::read).ifPresent(files::set);
                    },
                    pages -> write(tree, images, Optional.empty(), files.get(), pages))) {
                Checkpoint done = tree.dump(images, memory);
                if (tree.leaveRunning()) {
                    write(tree, images, Optional.of(done.log()), files.get(), memory.kept());
                }
            }
        } catch (Failure e) {
            throw KeptLogs.keep(told(e, tree.inSentence()), images, tree.keptLog());
        }
    }

    /** What fails with the archive says nothing of the tree. */
    static Failure told(Failure failure, String subject) {
        return failure.code() instanceof ArchiveCode
                ? failure.saying(failure.getMessage() + "; " + subject + " goes on as it was")
                : failure;
    }

    private void write(ExportedTree tree, Path images, Optional<Path> log, FrozenFiles files, List<PagesSource> pages) {
        ExportRequest request = new ExportRequest(
                target,
                tree.description(images, volumes),
                tree.spec(),
                images,
                log,
                log.map(CheckpointExport::statistics).filter(Files::exists),
                files.changed().map(TakenFiles::tar),
                files.changed().flatMap(TakenFiles::deleted),
                files.volumes(),
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
}
