package io.jmigrate.criu.verify;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileRemap;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files with a name that images say a tree has open or mapped; those that lost their name are in the images
 * themselves.
 */
public final class OpenFiles {
    private static final String FILES = "files.img";
    private static final String REMAPS = "remap-fpath.img";

    private static final int LINKED = 0; // remap-file-path.proto, remap_type

    private OpenFiles() {}

    /** @throws Failure IMAGES_INVALID */
    static List<RegularFile> in(Path imageDirectory) {
        try {
            if (!Files.exists(imageDirectory.resolve(FILES))) {
                return List.of(); // CRIU says so, if it matters
            }
            return named(
                    ImageFile.read(imageDirectory.resolve(FILES), ImageKind.FILES, FileEntry.parser()), imageDirectory);
        } catch (IOException e) {
            throw unreadable(imageDirectory, e);
        }
    }

    private static Failure unreadable(Path imageDirectory, IOException e) {
        return Failure.of(
                        CriuCode.IMAGES_INVALID,
                        "cannot read the open files in " + imageDirectory + ": " + IoReason.of(e))
                .withCause(e);
    }

    /** @param files entries of files.img */
    static List<RegularFile> named(List<FileEntry> files, Path imageDirectory) throws IOException {
        Set<Integer> nameless = nameless(imageDirectory.resolve(REMAPS));
        return files.stream()
                .filter(FileEntry::hasReg)
                .map(FileEntry::getReg)
                .filter(file -> !file.getExt() && !nameless.contains(file.getId()))
                .filter(file -> file.getName().startsWith("/") && !HostStream.isImageName(file.getName()))
                .toList();
    }

    private static Set<Integer> nameless(Path image) throws IOException {
        return remaps(image).stream().map(FileRemap::getOrigId).collect(Collectors.toSet());
    }

    private static List<FileRemap> remaps(Path image) throws IOException {
        return Files.exists(image) ? ImageFile.read(image, ImageKind.FILE_REMAPS, FileRemap.parser()) : List.of();
    }

    /**
     * Whether the dump has made names in the file system, for files whose name of their opening is gone while they have others
     * (criu/files-reg.c, create_link_remap).
     *
     * @throws Failure as for {@link #in}
     */
    public static boolean haveNewNames(Path imageDirectory) {
        try {
            return remaps(imageDirectory.resolve(REMAPS)).stream().anyMatch(remap -> remap.getRemapType() == LINKED);
        } catch (IOException e) {
            throw unreadable(imageDirectory, e);
        }
    }
}
