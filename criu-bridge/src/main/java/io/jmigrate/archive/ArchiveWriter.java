package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Manifest;
import io.jmigrate.archive.integrity.ManifestDocument;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.pages.frozen.PagesSource;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Exports a checkpoint: packs an image directory and what describes the container into one file.
 *
 * <p>On success the file is complete, on disk, and readable by its owner alone. On failure there is no file of that name that
 * wasn't there before; a stream has got a part that no import accepts. The image directory is only read.
 *
 * <p>Memory doesn't grow with the size: buffers of a megabyte, and two blocks for each compressing thread. What it costs is in
 * docs/archives.md.
 */
public final class ArchiveWriter {
    private static final byte[] NO_NETWORK_STATUS = "{}".getBytes(StandardCharsets.UTF_8);

    private ArchiveWriter() {}

    /**
     * Fails if the archive can't be made because its name is taken or has no directory: to be asked before a container is touched.
     *
     * @throws Failure ARCHIVE_EXISTS, ARCHIVE_IO
     */
    public static void requireNew(Path file) {
        PartialFile.requireNew(file);
    }

    /**
     * Writes the archive.
     *
     * @throws Failure with an {@link ArchiveCode}
     */
    public static ExportedArchive write(ExportRequest request) {
        List<Path> images = images(request.imageDirectory());
        return new ArchiveOutput(
                        request.target(),
                        request.compression(),
                        request.signing(),
                        request.encryption(),
                        request.progress())
                .write(tar -> pack(tar, request, images));
    }

    private static void pack(TarPacker tar, ExportRequest request, List<Path> images) throws IOException {
        content(tar, request, images);
        seal(tar, request.signing());
        tar.complete();
    }

    private static void content(TarPacker tar, ExportRequest request, List<Path> images) throws IOException {
        tar.document(ArchiveLayout.CONFIG_DUMP, ConfigDump.write(request.container()));
        if (request.spec().isPresent()) {
            tar.file(ArchiveLayout.SPEC_DUMP, request.spec().get());
            tar.document(ArchiveLayout.NETWORK_STATUS, NO_NETWORK_STATUS);
        }
        if (request.dumpLog().isPresent()) {
            tar.file(ArchiveLayout.DUMP_LOG, request.dumpLog().get());
        }
        if (request.statistics().isPresent()) {
            tar.file(ArchiveLayout.STATISTICS, request.statistics().get());
        }
        tar.directory(ArchiveLayout.CHECKPOINT);
        for (Path image : images) {
            String member = ArchiveLayout.CHECKPOINT + "/" + name(image);
            Optional<PagesSource> elsewhere = request.pages().stream()
                    .filter(pages -> pages.name().equals(name(image)))
                    .findFirst();
            if (elsewhere.isPresent()) {
                pages(tar, member, elsewhere.get());
            } else {
                tar.file(member, image);
            }
        }
        if (request.rootfsDiff().isPresent()) {
            member(tar, ArchiveLayout.ROOTFS_DIFF, request.rootfsDiff().get());
        }
        if (request.deletedFiles().isPresent()) {
            tar.file(ArchiveLayout.DELETED_FILES, request.deletedFiles().get());
        }
        volumes(tar, request.volumes());
    }

    private static void member(TarPacker tar, String name, MemberContent content) throws IOException {
        switch (content) {
            case MemberContent.InFile(Path file) -> tar.file(name, file);
            case MemberContent.Made made -> tar.made(name, made);
        }
    }

    private static void volumes(TarPacker tar, SortedMap<String, MemberContent> volumes) throws IOException {
        if (volumes.keySet().stream().anyMatch(member -> member.startsWith(ArchiveLayout.VOLUMES))) {
            tar.directory(ArchiveLayout.VOLUMES);
        }
        for (Map.Entry<String, MemberContent> volume : volumes.entrySet()) {
            member(tar, volume.getKey(), volume.getValue());
        }
    }

    private static void pages(TarPacker tar, String member, PagesSource source) throws IOException {
        try (PagesAhead ahead = new PagesAhead(source)) {
            tar.pieces(member, source.bytes(), ahead::next);
        }
    }

    static void seal(TarPacker tar, Optional<SigningKey> key) throws IOException {
        byte[] manifest = ManifestDocument.write(new Manifest(tar.members()));
        tar.document(ArchiveLayout.MANIFEST, manifest);
        if (key.isPresent()) {
            tar.document(ArchiveLayout.SIGNATURE, key.get().sign(manifest));
        }
    }

    /** The files of an image directory that belong to the checkpoint, by name. */
    private static List<Path> images(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> images =
                    files.filter(file -> !isByProduct(name(file))).sorted().toList();
            images.stream()
                    .filter(file -> ArchiveLayout.useInCheckpoint(name(file)).isEmpty())
                    .findFirst()
                    .ifPresent(file -> {
                        throw Failure.of(
                                ArchiveCode.ARCHIVE_FORBIDDEN,
                                "image directory " + directory + " holds " + MemberName.printable(name(file))
                                        + ", which has no place in an archive");
                    });
            return images;
        } catch (IOException e) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_IO,
                            "image directory " + directory + " can't be read: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Logs, statistics and sockets lie in the image directory when it is also the work directory. */
    private static boolean isByProduct(String name) {
        return name.endsWith(".log") || name.startsWith("stats-") || name.endsWith(".pid") || name.endsWith(".socket");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
