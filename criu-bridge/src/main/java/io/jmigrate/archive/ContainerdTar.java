package io.jmigrate.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.oci.Blobs;
import io.jmigrate.archive.oci.ComparedInput;
import io.jmigrate.archive.oci.ContainerdCheckpoint;
import io.jmigrate.archive.oci.PiecewiseInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.io.input.CloseShieldInputStream;

/**
 * A checkpoint of {@code ctr containers checkpoint} as the tar of an archive, made while it is read: so it is held to the rules of
 * one, and nothing of it lies on disk for that.
 *
 * <p>Every blob is compared with its digest before its last byte is given out; one that differs is an {@link
 * io.jmigrate.archive.oci.AlteredBlobException}.
 */
public final class ContainerdTar extends PiecewiseInput {
    private static final int BLOCK_BYTES = 512;
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Blobs blobs;
    private final ContainerdCheckpoint checkpoint;
    private final byte[] spec;
    private final TarSource source;
    private final TarArchiveInputStream images;
    private Part part = Part.SPEC;
    private InputStream piece = InputStream.nullInputStream();
    private Instant checkpointed = NEVER;

    /** What is written, in this order. */
    private enum Part {
        SPEC,
        IMAGES,
        CONFIG,
        ROOTFS_DIFF,
        END,
        NOTHING
    }

    public ContainerdTar(Blobs blobs, ContainerdCheckpoint checkpoint) throws IOException {
        this.blobs = blobs;
        this.checkpoint = checkpoint;
        this.spec = checkpoint.spec(blobs);
        this.source = new TarSource(ComparedInput.of(blobs, checkpoint.images()));
        this.images = new TarArchiveInputStream(source, "UTF-8");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = piece.read(bytes, offset, length);
        while (count < 0 && part != Part.NOTHING) {
            piece = next();
            count = piece.read(bytes, offset, length);
        }
        return count;
    }

    private InputStream next() throws IOException {
        return switch (part) {
            case SPEC -> {
                part = Part.IMAGES;
                yield document(ArchiveLayout.SPEC_DUMP, spec);
            }
            case IMAGES -> image();
            case CONFIG -> {
                part = Part.ROOTFS_DIFF;
                yield document(ArchiveLayout.CONFIG_DUMP, ConfigDump.write(description()));
            }
            case ROOTFS_DIFF -> {
                part = Part.END;
                yield rootfsDiff();
            }
            case END, NOTHING -> {
                part = Part.NOTHING;
                yield new ByteArrayInputStream(new byte[2 * BLOCK_BYTES]);
            }
        };
    }

    private InputStream image() throws IOException {
        Optional<TarArchiveEntry> found = nextImage();
        if (found.isEmpty()) {
            source.finish();
            part = Part.CONFIG;
            return InputStream.nullInputStream();
        }
        TarArchiveEntry entry = found.get();
        String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
        if (name.equals(ArchiveLayout.INVENTORY)) {
            checkpointed = entry.getLastModifiedTime().toInstant(); // CRIU writes it last
        }
        return member(
                ArchiveLayout.CHECKPOINT + "/" + name,
                entry.getLinkFlag(),
                entry.getSize(),
                CloseShieldInputStream.wrap(images));
    }

    private Optional<TarArchiveEntry> nextImage() throws IOException {
        source.expectHeader();
        try {
            Optional<TarArchiveEntry> entry = Optional.ofNullable(images.getNextEntry());
            if (entry.filter(TarArchiveEntry::isSparse).isPresent()) {
                throw new IOException("an image is a sparse file");
            }
            source.expectContent();
            return entry;
        } catch (RuntimeException e) {
            throw new IOException(
                    e.getMessage(), e); // the library answers some malformed fields with unchecked exceptions
        }
    }

    private InputStream rootfsDiff() throws IOException {
        if (checkpoint.rootfsDiff().isEmpty()) {
            return InputStream.nullInputStream();
        }
        var blob = checkpoint.rootfsDiff().get();
        return member(ArchiveLayout.ROOTFS_DIFF, TarConstants.LF_NORMAL, blob.bytes(), ComparedInput.of(blobs, blob));
    }

    private static InputStream document(String name, byte[] content) throws IOException {
        return member(name, TarConstants.LF_NORMAL, content.length, new ByteArrayInputStream(content));
    }

    private static InputStream member(String name, byte type, long size, InputStream content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setSize(size);
        entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
        InputStream header = new ByteArrayInputStream(TarPacker.header(entry));
        InputStream padding = new ByteArrayInputStream(new byte[(int) (-size & (BLOCK_BYTES - 1))]);
        return new SequenceInputStream(Collections.enumeration(List.of(header, content, padding)));
    }

    private ContainerDescription description() {
        String id = id();
        return new ContainerDescription(
                id, id, checkpoint.rootfsImage(), checkpoint.runtime(), NEVER, checkpointed, List.of());
    }

    /** By the last part of its cgroup's name, which is what ctr makes of an id (oci.WithNamespacedCgroup); else empty. */
    private String id() {
        try {
            String cgroup = new ObjectMapper()
                    .readTree(spec)
                    .path("linux")
                    .path("cgroupsPath")
                    .asText();
            return cgroup.substring(cgroup.lastIndexOf('/') + 1);
        } catch (IOException e) {
            return ""; // whoever reads the spec will say what is wrong
        }
    }

    @Override
    public void close() throws IOException {
        try (images) {
            piece.close();
        }
    }
}
