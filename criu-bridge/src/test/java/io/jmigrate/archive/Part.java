package io.jmigrate.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A member of an archive that is taken to pieces and put together in another way, by somebody with nothing but tar.
 *
 * @param name ends in "/" if it is a directory
 */
record Part(String name, byte[] content) {
    /** All members of an archive without compression. */
    static List<Part> of(Path archive) throws IOException {
        List<Part> parts = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(archive), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                parts.add(new Part(entry.getName(), tar.readAllBytes()));
            }
        }
        return parts;
    }

    /** An archive of these members. */
    static byte[] packed(List<Part> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (Part part : parts) {
                TarArchiveEntry entry = new TarArchiveEntry(part.name());
                entry.setSize(part.content().length);
                tar.putArchiveEntry(entry);
                tar.write(part.content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    boolean isDirectory() {
        return name.endsWith("/");
    }

    /** As messages name it. */
    String plainName() {
        return isDirectory() ? name.substring(0, name.length() - 1) : name;
    }

    Part with(byte[] other) {
        return new Part(name, other);
    }

    /** The same with one bit of its content inverted, or with one byte if it has none. */
    Part changed() {
        byte[] other = content.length == 0 ? new byte[1] : content.clone();
        other[other.length / 2] ^= 1;
        return with(other);
    }

    @Override
    public String toString() {
        return name;
    }
}
