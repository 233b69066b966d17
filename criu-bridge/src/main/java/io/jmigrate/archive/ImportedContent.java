package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.criu.ChangedLimits;
import io.jmigrate.criu.confine.StrangersImages;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

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
            Optional<JobFile> job = job();
            if (job.isEmpty()) {
                checkSpec();
            }
            checkDescriptors();
            checkChangedLimits();
            checkInventory();
            checkImages();
            ContainerDescription container = description();
            return new ImportedArchive(
                    directory,
                    directory.resolve(ArchiveLayout.CHECKPOINT),
                    job,
                    existing(ArchiveLayout.SPEC_DUMP),
                    container,
                    existing(ArchiveLayout.ROOTFS_DIFF),
                    existing(ArchiveLayout.DELETED_FILES),
                    volumes(container.volumes()),
                    contentBytes);
        } catch (IOException e) {
            throw Failure.of(
                            ArchiveCode.ARCHIVE_IO,
                            "reading what was extracted to " + directory + " failed: " + IoReason.of(e))
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
        return Failure.of(ArchiveCode.ARCHIVE_INVALID, "archive " + file.name() + " has no " + name);
    }

    private ContainerDescription description() throws IOException {
        byte[] json = required(ArchiveLayout.CONFIG_DUMP);
        try {
            return ConfigDump.read(json);
        } catch (IOException e) {
            throw file.unreadable(ArchiveLayout.CONFIG_DUMP, e);
        }
    }

    private Optional<JobFile> job() throws IOException {
        Optional<Path> path = existing(ArchiveLayout.JOB);
        Optional<byte[]> json = path.isPresent() ? Optional.of(Files.readAllBytes(path.get())) : Optional.empty();
        return JobMember.read(file, json, existing(ArchiveLayout.SPEC_DUMP).isPresent());
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

    private void checkChangedLimits() throws IOException {
        String name = ArchiveLayout.CHECKPOINT + "/" + ChangedLimits.NAME;
        if (existing(name).isPresent() && !json(name, required(name)).isObject()) {
            throw file.invalid(name, "is not a JSON object");
        }
    }

    private JsonNode json(String name, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw file.unreadable(name, e);
        }
    }

    private List<ImportedVolume> volumes(List<Volume> described) throws IOException {
        List<ImportedVolume> volumes = new ArrayList<>();
        existing(ArchiveLayout.SHARED_MEMORY)
                .filter(this::holdsFiles)
                .ifPresent(tar -> volumes.add(
                        new ImportedVolume(ArchiveLayout.SHARED_MEMORY, Optional.of(Volume.SHARED_MEMORY), tar)));
        Optional<Path> named = existing(ArchiveLayout.VOLUMES);
        if (named.isPresent()) {
            try (Stream<Path> tars = Files.list(named.get())) {
                tars.sorted().forEach(tar -> volumes.add(volume(tar, described)));
            }
        }
        return volumes;
    }

    private static ImportedVolume volume(Path tar, List<Volume> described) {
        String member = ArchiveLayout.VOLUMES + "/" + tar.getFileName();
        Optional<Path> destination = described.stream()
                .filter(volume -> volume.member().equals(member))
                .findFirst()
                .map(Volume::destination);
        return new ImportedVolume(member, destination, tar);
    }

    /** Stops at the first that is more than the directory itself. */
    private boolean holdsFiles(Path path) {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(path))) {
            TarArchiveEntry first = tar.getNextEntry();
            boolean root =
                    first != null && first.isDirectory() && first.getName().equals("./");
            return (root ? tar.getNextEntry() : first) != null;
        } catch (IOException | RuntimeException e) {
            // the parser of the library answers some malformed fields with unchecked exceptions
            throw file.invalid(ArchiveLayout.SHARED_MEMORY, "can't be read: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private void checkImages() {
        try {
            StrangersImages.check(ImageDirectory.at(directory.resolve(ArchiveLayout.CHECKPOINT)));
        } catch (Failure failure) {
            String why = failure.getCause() instanceof Exception cause ? IoReason.of(cause) : failure.getMessage();
            throw file.damaged(why).withCause(failure);
        }
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
