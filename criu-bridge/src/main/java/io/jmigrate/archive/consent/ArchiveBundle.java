package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * A bundle that is made for an archive which comes without one. Its config.json is the archive's spec, reduced to what was
 * consented to.
 */
public final class ArchiveBundle {
    private final Path directory;
    private final List<SpecItem> leftOut;
    private final boolean directoryIsNew;

    private ArchiveBundle(Path directory, List<SpecItem> leftOut, boolean directoryIsNew) {
        this.directory = directory;
        this.leftOut = leftOut;
        this.directoryIsNew = directoryIsNew;
    }

    /**
     * Makes the bundle.
     *
     * @param archive what to call the archive in messages
     * @param spec its spec.dump
     * @param rootfs the root filesystem, absolute
     * @param allowed the parts of the spec that are taken as they are
     * @param directory the bundle's; made if it is missing; must not hold a config.json
     * @throws Failure ARCHIVE_SPEC_REFUSED with everything that was not consented to, ARCHIVE_INVALID, ARCHIVE_EXISTS, ARCHIVE_IO
     */
    public static ArchiveBundle make(String archive, Path spec, Path rootfs, Set<SpecPart> allowed, Path directory) {
        Path file = directory.resolve(Specs.FILE_NAME);
        if (Files.exists(file)) {
            throw Failure.of(ArchiveCode.ARCHIVE_EXISTS, file + " exists already: that bundle decides, not the archive")
                    .withRemedy("name a new directory: --bundle, or leave --rootfs out to restore with that bundle");
        }
        try {
            ReducedSpec reduced = SpecReduction.of(document(archive, spec), rootfs, allowed);
            if (!reduced.refused().isEmpty()) {
                throw Failure.of(
                                ArchiveCode.ARCHIVE_SPEC_REFUSED,
                                "archive " + archive + " asks for what nobody has consented to")
                        .withDetails(reduced.refused().stream()
                                .map(SpecItem::toString)
                                .toList());
            }
            boolean isNew = !Files.exists(directory);
            Files.createDirectories(directory);
            Files.write(file, JsonText.pretty(reduced.document()), StandardOpenOption.CREATE_NEW);
            return new ArchiveBundle(directory, reduced.leftOut(), isNew);
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "cannot make bundle " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static ObjectNode document(String archive, Path spec) throws IOException {
        SpecReading reading = Specs.parse(Files.readAllBytes(spec), "spec.dump of archive " + archive);
        reading.problems().stream().findFirst().ifPresent(problem -> {
            throw Failure.of(
                    ArchiveCode.ARCHIVE_INVALID, "spec.dump of archive " + archive + " is not valid: " + problem);
        });
        return reading.spec().document();
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** What it does without. */
    public List<SpecItem> leftOut() {
        return leftOut;
    }

    /** Removes what was made, for want of a container that uses it; a failure of that is added to the other one. */
    public void removeAfter(Exception failure) {
        try {
            Files.delete(directory.resolve(Specs.FILE_NAME));
            if (directoryIsNew) {
                Files.delete(directory);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
