package io.jmigrate.cli.verb;

import io.jmigrate.criu.log.LogLine;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CRIU's logs of commands that have failed, which outlive the temporary files among which they were written. Those of a container that there is
 * are in its own directory and go with it; those of others are here, the newest few.
 *
 * @param directory made when it is needed, for this user alone
 */
record KeptLogs(Path directory) {
    static final int FILES_MAX = 32;

    private static final String SUFFIX = ".log";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** Below the runtime root. */
    static KeptLogs of(Session session) {
        return new KeptLogs(session.root().resolve(".logs"));
    }

    /**
     * Keeps the log that a failure names, if that is temporary.
     *
     * @param temporary a directory that is about to be removed
     * @param name what has failed, safe as a part of a file's name
     * @return the failure with the log's new place, and no other word about what is temporary
     */
    Failure keep(Failure failure, Path temporary, String name) {
        return keep(failure, temporary, directory.resolve(name + "-" + TIME.format(Instant.now()) + SUFFIX));
    }

    /** The same in a file, whose directory is made if it is missing; an older one is replaced. */
    static Failure keep(Failure failure, Path temporary, Path file) {
        List<String> lines = new ArrayList<>();
        List<Failure> lost = new ArrayList<>();
        for (String line : failure.details()) {
            Optional<Path> log = LogLine.log(line).filter(path -> path.startsWith(temporary));
            try {
                if (log.isPresent()) {
                    copy(log.get(), file).map(LogLine::of).ifPresent(lines::add);
                } else if (!line.contains(temporary.toString())) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lost.add(Failure.of(RuntimeCode.IO, "cannot keep CRIU's log as " + file + ": " + IoReason.of(e))
                        .withCause(e));
            }
        }
        Failure told = failure.withDetails(lines);
        lost.forEach(told::addSuppressed);
        return told;
    }

    /** Empty if there is no log. */
    private static Optional<Path> copy(Path log, Path file) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.copy(log, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        removeOldest(file.getParent());
        return Optional.of(file);
    }

    private static void removeOldest(Path directory) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(directory)) {
            logs = files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : logs.subList(Math.min(FILES_MAX, logs.size()), logs.size())) {
            Files.deleteIfExists(old);
        }
    }
}
