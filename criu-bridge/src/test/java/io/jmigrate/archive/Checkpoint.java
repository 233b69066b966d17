package io.jmigrate.archive;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.Inventory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small checkpoint to archive: an image directory with zeros and noise, a spec and a log. */
record Checkpoint(Path directory) {
    static final ContainerDescription CONTAINER = new ContainerDescription(
            "web",
            "web",
            "/bundles/web",
            "jmigrate",
            Instant.parse("2026-01-02T03:04:05Z"),
            Instant.parse("2026-02-03T04:05:06.789Z"),
            List.of());

    static Checkpoint in(Path parent) throws IOException {
        Path directory = Files.createDirectory(parent.resolve("made"));
        Path images = Files.createDirectory(directory.resolve("images"));
        byte[] pages = new byte[1 << 20];
        new Random(1).nextBytes(pages);
        java.util.Arrays.fill(pages, 300_000, 900_000, (byte) 0);
        Files.write(images.resolve("pages-1.img"), pages);
        Files.write(images.resolve("inventory.img"), inventory());
        Files.write(images.resolve("tmpfs-dev-30.tar.gz.img"), new byte[] {1, 2, 3});
        Files.write(images.resolve("empty.img"), new byte[0]);
        Files.writeString(images.resolve("descriptors.json"), "[\"pipe:[1]\",\"/dev/null\",\"pipe:[2]\"]");
        Files.writeString(images.resolve("dump.log"), "in the image directory, not for the archive");
        Files.writeString(directory.resolve("config.json"), "{\"ociVersion\":\"1.0.2\",\"process\":{}}");
        Files.writeString(directory.resolve("dump.log"), "(00.000000) Dumping finished successfully\n");
        return new Checkpoint(directory);
    }

    static byte[] inventory() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageWriter writer = new ImageWriter(bytes, ImageKind.INVENTORY)) {
            writer.write(Inventory.newBuilder().setImgVersion(2).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path images() {
        return directory.resolve("images");
    }

    ExportRequest export(Path file, Compression compression) {
        return new ExportRequest(
                new ArchiveTarget.InFile(file),
                CONTAINER,
                directory.resolve("config.json"),
                images(),
                Optional.of(directory.resolve("dump.log")),
                Optional.empty(),
                Optional.empty(),
                compression,
                Progress.SILENT);
    }

    /** Every file of a tree with its content. */
    static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
