package io.jmigrate.criu.verify;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Compares the files that a tree has open or mapped with what is there now, as CRIU does one by one while it restores
 * (criu/files-reg.c, validate_file): that they exist, their size, their type and permissions. Images hold no times: {@link
 * OpenFileTimes} does, for whom that matters.
 */
public final class FileDifferences {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;

    private FileDifferences() {}

    /**
     * All differences.
     *
     * @param config of the container, whose root filesystem and bind mounts are in their places
     * @return a sentence each; links are not followed
     * @throws io.jmigrate.runtime.failure.Failure IMAGES_INVALID
     */
    public static List<String> find(Path imageDirectory, Config config) {
        return find(imageDirectory, new HostFiles(config)::find);
    }

    /** A job's files are the host's. */
    private static Optional<Path> onHost(String name) {
        return Optional.of(Path.of(name)).filter(path -> !path.startsWith("/proc"));
    }

    /**
     * Refuses files that differ, in the time of their last change too where that is known.
     *
     * @param subject the container
     * @throws Failure FILES_DIFFER, IMAGES_INVALID
     */
    public static void refuseAny(String subject, Path imageDirectory, Config config) {
        refuseAny(subject, imageDirectory, new HostFiles(config)::find);
    }

    /** The same of a job. */
    public static void refuseAny(String subject, Path imageDirectory) {
        refuseAny(subject, imageDirectory, FileDifferences::onHost);
    }

    private static void refuseAny(String subject, Path imageDirectory, Function<String, Optional<Path>> place) {
        SortedSet<String> differences = new TreeSet<>(find(imageDirectory, place));
        OpenFileTimes.read(imageDirectory).forEach((name, before) -> place.apply(name)
                .flatMap(path -> differentTime(name, before, path))
                .ifPresent(differences::add));
        if (!differences.isEmpty()) {
            throw Failure.of(
                            CriuCode.FILES_DIFFER,
                            "cannot restore " + subject + ": files that it has open are not as they were")
                    .withDetails(List.copyOf(differences));
        }
    }

    private static List<String> find(Path imageDirectory, Function<String, Optional<Path>> place) {
        return OpenFiles.in(imageDirectory).stream()
                .flatMap(file -> place.apply(file.getName()).flatMap(path -> difference(file, path)).stream())
                .distinct()
                .sorted()
                .toList();
    }

    static Optional<String> difference(RegularFile file, Path path) {
        try {
            Map<String, Object> now = Files.readAttributes(path, "unix:mode,size", LinkOption.NOFOLLOW_LINKS);
            return differentMode(file, (int) now.get("mode"))
                    .or(() -> differentSize(file, (long) now.get("size")))
                    .map(what -> file.getName() + " " + what + " (" + path + ")");
        } catch (NoSuchFileException e) {
            return Optional.of(file.getName() + " is missing (" + path + ")");
        } catch (IOException e) {
            return Optional.of(file.getName() + " can't be looked at: " + IoReason.of(e) + " (" + path + ")");
        }
    }

    static Optional<String> differentTime(String name, long before, Path path) {
        return OpenFileTimes.time(path)
                .filter(now -> now != before)
                .map(now -> name + " was changed at " + instant(now) + ", and before the checkpoint at "
                        + instant(before) + " (" + path + ")");
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    private static Optional<String> differentMode(RegularFile file, int now) {
        if (!file.hasMode() || file.getMode() == now) {
            return Optional.empty();
        }
        return Optional.of(
                (file.getMode() & TYPE) == (now & TYPE)
                        ? "had mode %o and has %o".formatted(file.getMode() & ~TYPE, now & ~TYPE)
                        : "is a file of another type now");
    }

    private static Optional<String> differentSize(RegularFile file, long now) {
        boolean counts = file.hasSize() && (!file.hasMode() || (file.getMode() & TYPE) == REGULAR);
        return counts && file.getSize() != now
                ? Optional.of("had " + file.getSize() + " bytes and has " + now)
                : Optional.empty();
    }
}
