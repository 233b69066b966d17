package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.ImportedVolume;
import io.jmigrate.archive.rootfs.RootfsChanges;
import io.jmigrate.archive.rootfs.Withheld;
import io.jmigrate.cli.option.VolumeChoice;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.spec.BindMounts;
import io.jmigrate.runtime.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files outside of the root filesystem that an imported archive brings, and where they go: to places that the bundle has for them. */
final class ImportedVolumes {
    private static final String WITHOUT = "or restore without the imported files: --ignore-volumes";

    private final String archive;
    private final Map<Path, ImportedVolume> places;
    private final List<Path> filled = new ArrayList<>();

    private ImportedVolumes(String archive, Map<Path, ImportedVolume> places) {
        this.archive = archive;
        this.places = places;
    }

    /**
     * Finds the places, and changes nothing.
     *
     * @param archive its name
     * @param spec of the bundle, as the container is to have it
     * @throws Failure ARCHIVE_VOLUMES if there are volumes and nobody has said what becomes of them, or if one has no place
     */
    static ImportedVolumes of(
            String archive, List<ImportedVolume> volumes, VolumeChoice choice, Path bundle, Spec spec) {
        if (!volumes.isEmpty() && !choice.wanted() && !choice.ignored()) {
            throw refused(
                            archive,
                            "holds files of volumes, and nobody has said what becomes of them: " + names(volumes))
                    .withRemedy(
                            "--volumes puts them into what the bundle mounts there, --ignore-volumes restores without them");
        }
        Map<Path, ImportedVolume> places = new TreeMap<>();
        for (ImportedVolume volume : choice.wanted() ? volumes : List.<ImportedVolume>of()) {
            ImportedVolume other = places.put(place(archive, volume, bundle, spec), volume);
            if (other != null) {
                throw refused(
                        archive, "holds " + names(List.of(other, volume)) + ", which have one place in the bundle");
            }
        }
        return new ImportedVolumes(archive, places);
    }

    private static String names(List<ImportedVolume> volumes) {
        return volumes.stream()
                .map(volume -> volume.destination().map(Path::toString).orElse(volume.member()))
                .collect(Collectors.joining(", "));
    }

    private static Path place(String archive, ImportedVolume volume, Path bundle, Spec spec) {
        Path destination = volume.destination()
                .orElseThrow(() -> refused(archive, "does not say where " + volume.member() + " belongs"));
        if (BindMounts.isReadOnly(spec, destination)) {
            throw refused(archive, "holds files of " + destination + ", which bundle " + bundle + " mounts read-only")
                    .withRemedy("mount it there to be written to, " + WITHOUT);
        }
        return BindMounts.source(spec, bundle, destination)
                .orElseThrow(() -> refused(
                        archive,
                        "holds files of " + destination + ", where bundle " + bundle
                                + " mounts no directory of the host"));
    }

    private static Failure refused(String archive, String why) {
        return Failure.of(ArchiveCode.ARCHIVE_VOLUMES, "archive " + archive + " " + why);
    }

    /**
     * Unpacks them; what is in a directory already is nobody's to write over. On failure nothing is left of it.
     *
     * @param trusted whether somebody vouches for the archive: else what gives rights on this host is left out
     * @param warning told about that
     */
    void unpack(boolean trusted, Consumer<String> warning) {
        try {
            places.forEach((directory, volume) -> {
                makeEmpty(directory);
                filled.add(directory);
                Withheld withheld = RootfsChanges.unpack(archive, volume.member(), volume.tar(), directory, trusted);
                if (!withheld.isNothing()) {
                    warning.accept("left out of " + directory + ", as nobody vouches for archive " + archive + ": "
                            + withheld.inSentence());
                }
            });
        } catch (RuntimeException e) {
            removeAfter(e);
            throw e;
        }
    }

    /** Empties the directories again: nobody has begun to use them. */
    void removeAfter(RuntimeException failure) {
        for (Path directory : filled) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path entry : tree.sorted(Comparator.reverseOrder())
                        .filter(entry -> !entry.equals(directory))
                        .toList()) {
                    Files.delete(entry);
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static void makeEmpty(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> there = Files.list(directory)) {
                if (there.findAny().isPresent()) {
                    throw Failure.of(
                                    ArchiveCode.ARCHIVE_VOLUMES,
                                    "directory " + directory + ", where a volume belongs, is not empty")
                            .withRemedy("empty it, or have the bundle mount another directory there, " + WITHOUT);
                }
            }
        } catch (IOException e) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_IO,
                            "directory " + directory + " can't take a volume: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
