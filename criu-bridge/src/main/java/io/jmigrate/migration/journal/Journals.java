package io.jmigrate.migration.journal;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The journals of one runtime root. A record replaces its predecessor as a whole: a crash leaves the old one or the new one. All
 * methods throw {@link Failure} JOURNAL.
 */
public final class Journals {
    private static final String SOURCE_SUFFIX = ".source.json";
    private static final String DESTINATION_SUFFIX = ".destination.json";
    private static final int OWNER_ONLY = 0600;
    private static final long BYTES_MAX = 1 << 20;

    private final Path directory;

    private Journals(Path directory) {
        this.directory = directory;
    }

    /** The journals below this runtime root; the directory is made with the first record. */
    public static Journals at(Path root) {
        return new Journals(root.resolve("migrations"));
    }

    /** Where the files are; logs of a migration lie beside its journal. */
    public Path directory() {
        return directory;
    }

    /** On return the record is on the disk. */
    public void save(JournalRecord entry) {
        String suffix = entry instanceof SourceRecord ? SOURCE_SUFFIX : DESTINATION_SUFFIX;
        Path file = directory.resolve(entry.id() + suffix);
        Path fresh = directory.resolve(entry.id() + suffix + ".new");
        try {
            Files.createDirectories(directory);
            writeDurably(fresh, JournalText.of(entry));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            fsync(directory);
        } catch (IOException | LinuxException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot write the journal " + file + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    private static void writeDurably(Path file, byte[] content) {
        try (Fd fd = Descriptors.open(file, OWNER_ONLY, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.TRUNCATE)) {
            Descriptors.writeFully(fd, ByteBuffer.wrap(content));
            Descriptors.fsync(fd);
        }
    }

    private static void fsync(Path path) {
        try (Fd fd = Descriptors.open(path)) {
            Descriptors.fsync(fd);
        }
    }

    public Optional<SourceRecord> source(MigrationId id) {
        return read(directory.resolve(id + SOURCE_SUFFIX), SourceRecord.class);
    }

    public Optional<DestinationRecord> destination(MigrationId id) {
        return read(directory.resolve(id + DESTINATION_SUFFIX), DestinationRecord.class);
    }

    /** All records, the oldest migration first; a migration within one root has two. */
    public List<JournalRecord> list() {
        List<JournalRecord> found = new ArrayList<>();
        for (Path file : files()) {
            Class<? extends JournalRecord> type =
                    file.toString().endsWith(SOURCE_SUFFIX) ? SourceRecord.class : DestinationRecord.class;
            read(file, type).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(JournalRecord::startedAt).thenComparing(JournalRecord::side));
        return List.copyOf(found);
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Journals::isJournal).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot read the journals in " + directory)
                    .withCause(e);
        }
    }

    private static boolean isJournal(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SOURCE_SUFFIX) || name.endsWith(DESTINATION_SUFFIX);
    }

    private static <R extends JournalRecord> Optional<R> read(Path file, Class<R> type) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IOException("it is larger than " + BYTES_MAX + " bytes");
            }
            return Optional.of(JournalText.parse(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.of(MigrationCode.JOURNAL, "the journal " + file + " cannot be read")
                    .withDetails(List.of(String.valueOf(e.getMessage())))
                    .withCause(e);
        }
    }
}
