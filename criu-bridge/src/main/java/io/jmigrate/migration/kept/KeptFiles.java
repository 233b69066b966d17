package io.jmigrate.migration.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.PrivateFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of what is kept; {@code MIGRATION.pages}, {@code MIGRATION.names} and {@code MIGRATION.json} for each. What is called otherwise,
 * or is no file, is somebody else's and stays. Failures are TRANSFER.
 */
record KeptFiles(Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private static final String PAGES = ".pages";
    private static final String NAMES = ".names";
    private static final String FACTS = ".json";

    Path pages(String migration) {
        return directory.resolve(migration + PAGES);
    }

    Path names(String migration) {
        return directory.resolve(migration + NAMES);
    }

    private Path facts(String migration) {
        return directory.resolve(migration + FACTS);
    }

    boolean exist() {
        return Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /** Nobody else may look into it. */
    void makeDirectory() {
        step("make", () -> new KeptDirectory(directory).make());
    }

    /** What is complete, the oldest first. What can't be read is no more than something that is not complete. */
    List<KeptEntry> entries() {
        return migrations(FACTS).stream()
                .map(this::entry)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(KeptEntry::keptAtMillis))
                .toList();
    }

    private Optional<KeptEntry> entry(String migration) {
        try {
            KeptEntry entry = JSON.readValue(Files.readAllBytes(facts(migration)), KeptEntry.class);
            return Optional.ofNullable(entry).filter(facts -> facts.migration().equals(migration));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What was written before outlives a power failure, and so does this. */
    void complete(KeptEntry entry) {
        step("write", () -> PrivateFile.write(facts(entry.migration()), text(entry)));
        step("write", () -> {
            try (Fd fd = Descriptors.open(directory)) {
                Descriptors.fsync(fd);
            }
        });
    }

    private static String text(KeptEntry entry) throws JsonProcessingException {
        return JSON.writeValueAsString(entry);
    }

    /** What is there of one goes. */
    void remove(String migration) {
        step("remove", () -> {
            Files.deleteIfExists(facts(migration));
            Files.deleteIfExists(names(migration));
            Files.deleteIfExists(pages(migration));
        });
    }

    /** Of those that are not complete, and which nobody writes. */
    void removeAbandoned() {
        List<String> complete = entries().stream().map(KeptEntry::migration).toList();
        for (String migration : migrations(PAGES)) {
            if (!complete.contains(migration) && isAbandoned(pages(migration))) {
                remove(migration);
            }
        }
    }

    /** Who writes it has it locked. */
    private static boolean isAbandoned(Path file) {
        try (Fd fd = Descriptors.open(file, OpenFlag.NO_FOLLOW)) {
            return Descriptors.tryLock(fd);
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ENOENT)) {
                return false;
            }
            throw failed("open", file, e);
        }
    }

    /** What all files of pages and names take, or may come to take. */
    long bytes() {
        return Stream.concat(
                        migrations(PAGES).stream().map(this::pages),
                        migrations(NAMES).stream().map(this::names))
                .mapToLong(KeptFiles::size)
                .sum();
    }

    /** The same of one. */
    long bytes(String migration) {
        return size(pages(migration)) + size(names(migration));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw failed("look at", file, e);
        }
    }

    private List<String> migrations(String suffix) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .filter(MigrationId::isOne)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("read", directory, e);
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    private void step(String verb, Step step) {
        try {
            step.take();
        } catch (IOException | LinuxException e) {
            throw failed(verb, directory, e);
        }
    }

    static Failure failed(String verb, Path path, Exception e) {
        return Failure.of(
                        MigrationCode.TRANSFER,
                        "cannot " + verb + " what is kept of migrated containers in " + path + ": " + IoReason.of(e))
                .withCause(e);
    }
}
