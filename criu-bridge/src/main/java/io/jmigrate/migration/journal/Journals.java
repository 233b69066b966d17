package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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
    private static final String JSON = ".json";
    private static final String GROUP = ".group" + JSON;
    /** Whoever ends a claim at this moment gets the time to do it. */
    private static final Duration CLAIM_LIMIT = Duration.ofMillis(20);

    private static final int OWNER_ONLY = 0600;
    private static final long BYTES_MAX = 1 << 20;

    private final Path directory;

    /** One end of a migration; both can be below one root. */
    public enum Side {
        SOURCE(".source"),
        DESTINATION(".destination");

        private final String suffix;

        Side(String suffix) {
            this.suffix = suffix;
        }

        /** One word, lower case. */
        public String word() {
            return suffix.substring(1);
        }

        private String file(MigrationId id) {
            return id + suffix + JSON;
        }
    }

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

    /** On return the record outlives this process, and a power failure if it is binding. */
    public void save(JournalRecord entry) {
        Side side = entry instanceof SourceRecord ? Side.SOURCE : Side.DESTINATION;
        save(side.file(entry.id()), JournalText.of(entry), entry.binds());
    }

    /** On return the decision outlives a power failure. */
    public void save(GroupRecord decision) {
        save(decision.group() + GROUP, JournalText.of(decision), true);
    }

    private void save(String name, byte[] content, boolean binding) {
        Path file = directory.resolve(name);
        Path fresh = directory.resolve(name + ".new");
        try {
            Files.createDirectories(directory);
            write(fresh, content, binding);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            if (binding) {
                fsync(directory);
            }
        } catch (IOException | LinuxException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot write the journal " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void write(Path file, byte[] content, boolean durably) {
        try (Fd fd = Descriptors.open(file, OWNER_ONLY, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.TRUNCATE)) {
            Descriptors.writeFully(fd, ByteBuffer.wrap(content));
            if (durably) {
                Descriptors.fsync(fd);
            }
        }
    }

    private static void fsync(Path path) {
        try (Fd fd = Descriptors.open(path)) {
            Descriptors.fsync(fd);
        }
    }

    /**
     * The right to work on one side of a migration, among all processes and threads of the host. It ends when it is closed or its
     * process dies, so that a record which nobody holds and which has not ended is up for recovery.
     *
     * @return empty if somebody else works on it
     */
    public Optional<NameLock> claim(MigrationId id, Side side) {
        return claimWithin(CLAIM_LIMIT, id, side);
    }

    /** The same, waited for if somebody else works on it. @return empty if somebody still does after the limit */
    public Optional<NameLock> claimWithin(Duration limit, MigrationId id, Side side) {
        return claim(id + side.suffix, "the journal of " + id, limit);
    }

    /**
     * The right to have a container leave, among all processes and threads of the host.
     *
     * @return empty if somebody else has it leave
     */
    public Optional<NameLock> claimDeparture(ContainerId container) {
        return claim("departure-" + container.value(), "the departure of " + container.inSentence(), CLAIM_LIMIT);
    }

    private Optional<NameLock> claim(String name, String what, Duration limit) {
        Path file = directory.resolve(name + ".lock");
        try {
            Files.createDirectories(directory);
            return Optional.of(NameLock.acquire(file, limit));
        } catch (IOException e) {
            throw Failure.of(MigrationCode.JOURNAL, "cannot make the directory " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        } catch (Failure e) {
            if (e.code() == RuntimeCode.WRONG_STATE) {
                return Optional.empty();
            }
            throw Failure.of(MigrationCode.JOURNAL, "cannot lock " + what + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** What its group has decided counts, whether or not the record itself has come to it. */
    public Optional<SourceRecord> source(MigrationId id) {
        return read(directory.resolve(Side.SOURCE.file(id)), SourceRecord.class).map(this::byGroup);
    }

    private SourceRecord byGroup(SourceRecord entry) {
        return entry.ended() || entry.group().flatMap(this::group).isEmpty() ? entry : entry.decided();
    }

    /** The decision that a group goes; empty as long as there is none. */
    public Optional<GroupRecord> group(GroupId id) {
        return read(directory.resolve(id + GROUP), GroupRecord.class);
    }

    public Optional<DestinationRecord> destination(MigrationId id) {
        return read(directory.resolve(Side.DESTINATION.file(id)), DestinationRecord.class);
    }

    /** All records that can be read, the oldest migration first; a migration within one root has two. */
    public List<JournalRecord> list() {
        return contents().records();
    }

    /** The same, and what can't be read. */
    public JournalContents contents() {
        List<JournalRecord> found = new ArrayList<>();
        List<UnreadableJournal> damaged = new ArrayList<>();
        for (Path file : files()) {
            try {
                read(file).ifPresent(found::add);
            } catch (Failure e) {
                damaged.add(new UnreadableJournal(id(file), side(file), e));
            }
        }
        found.sort(Comparator.comparing(JournalRecord::startedAt).thenComparing(JournalRecord::side));
        return new JournalContents(found, damaged);
    }

    private Optional<? extends JournalRecord> read(Path file) {
        return side(file) == Side.SOURCE ? source(id(file)) : destination(id(file));
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
        return Stream.of(Side.values())
                .map(side -> side.suffix + JSON)
                .anyMatch(end ->
                        name.endsWith(end) && MigrationId.isOne(name.substring(0, name.length() - end.length())));
    }

    private static MigrationId id(Path file) {
        String name = file.getFileName().toString();
        return new MigrationId(name.substring(0, name.indexOf('.')));
    }

    private static Side side(Path file) {
        return file.toString().endsWith(Side.SOURCE.suffix + JSON) ? Side.SOURCE : Side.DESTINATION;
    }

    /** An empty file is all that some file systems have of a record that wasn't binding after a power failure. */
    private static <R> Optional<R> read(Path file, Class<R> type) {
        try {
            long size = Files.size(file);
            if (size > BYTES_MAX) {
                throw new IOException("it is larger than " + BYTES_MAX + " bytes");
            }
            if (size == 0) {
                return Optional.empty();
            }
            return Optional.of(JournalText.parse(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.of(MigrationCode.JOURNAL, "the journal " + file + " cannot be read")
                    .withDetails(List.of(IoReason.of(e)))
                    .withCause(e);
        }
    }
}
