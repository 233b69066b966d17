package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.criu.image.entry.TerminalInfo;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the images of a dump say of a standard stream of the host nothing but which one it is.
 *
 * <p>CRIU opens a file or a pipe that it is handed at a restore anew, with the flags and the position of the dump (criu/files-reg.c,
 * open_path; criu/pipes.c, reopen_pipe): a log that is appended to would be overwritten, and only a file could stand for a file. A
 * descriptor that is handed over under the <em>name</em> of a regular file is taken as it is (criu/files.c, inherited_fd). So
 * every descriptor of such a stream is made one of a regular file with a name that no file has.
 */
final class StreamImages {
    private static final int REGULAR_FILE = 1;
    private static final String FILES = "files.img";
    private static final String TERMINALS = "tty-info.img";
    private static final String DESCRIPTORS = "fdinfo-*.img";
    private static final FileOwner NOBODY = FileOwner.newBuilder()
            .setUid(0)
            .setEuid(0)
            .setSignum(0)
            .setPidType(0)
            .setPid(0)
            .build();

    private final Path directory;
    private final StreamFiles streams;
    private final Set<Integer> used = new TreeSet<>();

    private StreamImages(Path directory, StreamFiles streams) {
        this.directory = directory;
        this.streams = streams;
    }

    /**
     * What became of the images.
     *
     * @param hosts numbers of the streams that have to be handed over at a restore
     * @param files entries of files.img
     */
    record General(Set<Integer> hosts, List<FileEntry> files) {}

    /**
     * Rewrites the images of open files in a complete image directory: those of standard streams, and on this occasion what
     * {@link TimerImages} and {@link UnixPeers} have to say of others.
     *
     * @param mounts what is mounted in the container from outside
     * @throws Failure DUMP_FAILED
     */
    static General generalise(Path imageDirectory, List<HostStream> streams, List<ExternalMount> mounts) {
        try {
            StreamFiles files = new StreamFiles(streams, terminals(imageDirectory.resolve(TERMINALS)));
            List<FileEntry> entries =
                    ImageFile.read(imageDirectory.resolve(FILES), ImageKind.FILES, FileEntry.parser());
            entries.forEach(files::add);
            StreamImages images = new StreamImages(imageDirectory, files);
            images.rewriteDescriptors();
            return new General(images.used, images.rewriteFiles(entries, mounts));
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.DUMP_FAILED,
                            "cannot rewrite the images of open files in " + imageDirectory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Map<Integer, String> terminals(Path image) throws IOException {
        if (!Files.exists(image)) {
            return Map.of();
        }
        return ImageFile.read(image, ImageKind.TERMINAL_INFO, TerminalInfo.parser()).stream()
                .collect(Collectors.toMap(
                        TerminalInfo::getId,
                        info -> HostStream.terminal(
                                Integer.toUnsignedLong(info.getRdev()), Integer.toUnsignedLong(info.getDev()))));
    }

    private void rewriteDescriptors() throws IOException {
        try (DirectoryStream<Path> images = Files.newDirectoryStream(directory, DESCRIPTORS)) {
            for (Path image : images) {
                List<FdinfoEntry> entries = ImageFile.read(image, ImageKind.FDINFO, FdinfoEntry.parser());
                List<FdinfoEntry> rewritten =
                        entries.stream().map(this::rewritten).toList();
                if (!rewritten.equals(entries)) {
                    ImageFile.replace(image, ImageKind.FDINFO, rewritten);
                }
            }
        }
    }

    private FdinfoEntry rewritten(FdinfoEntry entry) {
        Optional<Integer> stream = streams.numberOf(entry);
        stream.ifPresent(used::add);
        return stream.map(number -> entry.toBuilder()
                        .setId(streams.newId(number))
                        .setType(REGULAR_FILE)
                        .build())
                .orElse(entry);
    }

    private List<FileEntry> rewriteFiles(List<FileEntry> entries, List<ExternalMount> mounts) throws IOException {
        Stream<FileEntry> others = entries.stream()
                .filter(entry -> !streams.isReplaced(entry))
                .map(TimerImages::armed)
                .map(entry -> UnixPeers.renamed(entry, mounts));
        Stream<FileEntry> ours = used.stream().map(this::standardStream);
        List<FileEntry> all = Stream.concat(others, ours).toList();
        ImageFile.replace(directory.resolve(FILES), ImageKind.FILES, all);
        return all;
    }

    private FileEntry standardStream(int number) {
        int id = streams.newId(number);
        RegularFile file = RegularFile.newBuilder()
                .setId(id)
                .setFlags(0)
                .setPos(0)
                .setFown(NOBODY)
                .setName(HostStream.imageName(number))
                .build();
        return FileEntry.newBuilder()
                .setType(REGULAR_FILE)
                .setId(id)
                .setReg(file)
                .build();
    }
}
