package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at what was extracted: whether the parts that make a checkpoint are there and are what their names say. */
final class ImportedContent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArchiveFile file;
    private final Path directory;

    ImportedContent(ArchiveFile file, Path directory) {
        this.file = file;
        this.directory = directory;
    }

    ImportedArchive check(long contentBytes) {
        try {
            checkSpec();
            checkDescriptors();
            checkInventory();
            return new ImportedArchive(
                    directory,
                    directory.resolve(ArchiveLayout.CHECKPOINT),
                    directory.resolve(ArchiveLayout.SPEC_DUMP),
                    description(),
                    existing(ArchiveLayout.ROOTFS_DIFF),
                    contentBytes);
        } catch (IOException e) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_IO,
                            "reading what was extracted to " + directory + " failed: " + e.getMessage())
                    .withCause(e);
        }
    }

    private Optional<Path> existing(String name) {
        return Optional.of(directory.resolve(name)).filter(Files::exists);
    }

    private byte[] required(String name) throws IOException {
        Path path = existing(name).orElseThrow(() -> missing(name));
        return Files.readAllBytes(path);
    }

    private Failure missing(String name) {
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, "archive " + file.path() + " has no " + name);
    }

    private ContainerDescription description() throws IOException {
        byte[] json = required(ArchiveLayout.CONFIG_DUMP);
        try {
            return ConfigDump.read(json);
        } catch (IOException e) {
            throw file.invalid(ArchiveLayout.CONFIG_DUMP, "can't be read: " + firstLine(e))
                    .withCause(e);
        }
    }

    private void checkSpec() throws IOException {
        if (!json(ArchiveLayout.SPEC_DUMP, required(ArchiveLayout.SPEC_DUMP)).isObject()) {
            throw file.invalid(ArchiveLayout.SPEC_DUMP, "is not a JSON object");
        }
    }

    private void checkDescriptors() throws IOException {
        String name = ArchiveLayout.CHECKPOINT + "/" + ArchiveLayout.DESCRIPTORS;
        if (existing(name).isPresent() && !json(name, required(name)).isArray()) {
            throw file.invalid(name, "is not a JSON array");
        }
    }

    private JsonNode json(String name, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw file.invalid(name, "can't be read: " + firstLine(e)).withCause(e);
        }
    }

    /** Jackson's messages have a second line that quotes the document. */
    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void checkInventory() throws IOException {
        String name = ArchiveLayout.CHECKPOINT + "/" + ArchiveLayout.INVENTORY;
        Path inventory = existing(name).orElseThrow(() -> missing(name));
        try (ImageReader reader = ImageReader.open(inventory, ImageKind.INVENTORY)) {
            reader.one(Inventory.parser());
        } catch (ImageException e) {
            throw file.invalid(name, "can't be read: " + e.getMessage()).withCause(e);
        }
    }
}
