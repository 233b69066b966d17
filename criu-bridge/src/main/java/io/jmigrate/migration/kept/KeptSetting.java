package io.jmigrate.migration.kept;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.identity.PrivateFile;
import io.jmigrate.migration.plan.KeptTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a node keeps memory, in {@code ROOT/kept-memory.json}: its service says so, and the commands by which containers leave do it. */
public final class KeptSetting {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final Path file;

    private KeptSetting(Path file) {
        this.file = file;
    }

    private record Text(String directory, long bytesMax, long ageMillis) {}

    public static KeptSetting of(Path root) {
        return new KeptSetting(root.resolve("kept-memory.json"));
    }

    /** Empty if nothing is kept. @throws io.jmigrate.runtime.failure.Failure TRANSFER if it can't be read */
    public Optional<KeptTerms> read() {
        try {
            Text text = JSON.readValue(Files.readAllBytes(file), Text.class);
            return Optional.of(
                    new KeptTerms(Path.of(text.directory()), text.bytesMax(), Duration.ofMillis(text.ageMillis())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw KeptFiles.failed("read", file, e);
        }
    }

    /**
     * From now on it is kept like this. What was kept in another directory, or is to be kept no longer, is removed; what is being kept there
     * just now is removed by the command that does it.
     *
     * @throws io.jmigrate.runtime.failure.Failure TRANSFER, also if the directory is not this user's alone
     */
    public void become(Optional<KeptTerms> terms) {
        terms.map(KeptStore::at).ifPresent(KeptStore::prepare);
        read().filter(before -> !terms.map(KeptTerms::directory).equals(Optional.of(before.directory())))
                .map(KeptStore::at)
                .ifPresentOrElse(left -> left.leave(() -> write(terms)), () -> write(terms));
    }

    /** Whether it is kept in this directory. @throws io.jmigrate.runtime.failure.Failure TRANSFER if it can't be read */
    boolean names(Path directory) {
        return read().map(KeptTerms::directory).equals(Optional.of(directory));
    }

    private void write(Optional<KeptTerms> terms) {
        try {
            if (terms.isPresent()) {
                PrivateFile.makeDirectory(file.toAbsolutePath().getParent());
                PrivateFile.write(file, text(terms.get()));
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw KeptFiles.failed("write", file, e);
        }
    }

    private static String text(KeptTerms terms) throws IOException {
        return JSON.writeValueAsString(new Text(
                terms.directory().toString(), terms.bytesMax(), terms.age().toMillis()));
    }
}
