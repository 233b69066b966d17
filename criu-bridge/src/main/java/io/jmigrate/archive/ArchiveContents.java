package io.jmigrate.archive;

import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an archive holds, to be looked at: the names and sizes of all members, and the contents of those that tell about the
 * container. Nothing is written to disk, and contents of memory and files are passed over.
 *
 * <p>Archives of other engines, and such as a restore would refuse for their volumes or previous checkpoints, can be looked at
 * too. Links, devices and names that lead elsewhere are refused as in {@link ArchiveReader}.
 */
public final class ArchiveContents implements ImageSource {
    private final ArchiveFile file;
    private final Map<String, Long> members;
    private final Map<String, byte[]> kept;

    ArchiveContents(ArchiveFile file, Map<String, Long> members, Map<String, byte[]> kept) {
        this.file = file;
        this.members = Map.copyOf(members);
        this.kept = Map.copyOf(kept);
    }

    /**
     * Reads a whole archive in plain, up to the checksum at its end.
     *
     * @throws Failure with an {@link ArchiveCode}
     */
    public static ArchiveContents read(Path path, Limits limits) {
        return read(path, limits, Optional.empty());
    }

    /**
     * Reads a whole archive, up to the checksum at its end.
     *
     * @param decryption with what to decrypt it, none if it is in plain
     * @throws Failure with an {@link ArchiveCode}
     */
    public static ArchiveContents read(Path path, Limits limits, Optional<Decryption> decryption) {
        ArchiveFile file = new ArchiveFile(path.toString());
        try (ArchiveInput input = ArchiveInput.open(file, new ArchiveSource.InFile(path), decryption)) {
            return new ArchivePass(file, input, limits).run();
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    /** {@code config.dump}; empty if there is none. */
    public Optional<ContainerDescription> container() {
        return document(ArchiveLayout.CONFIG_DUMP).map(json -> {
            try {
                return ConfigDump.read(json);
            } catch (IOException e) {
                throw file.invalid(
                                ArchiveLayout.CONFIG_DUMP,
                                "can't be read: "
                                        + IoReason.of(e).lines().findFirst().orElse(""))
                        .withCause(e);
            }
        });
    }

    /** The program that made the archive, as far as it tells. */
    public Engine engine() {
        boolean ours =
                container().filter(known -> known.runtime().equals("jmigrate")).isPresent();
        return Engine.of(document(ArchiveLayout.SPEC_DUMP), members.keySet(), ours);
    }

    /** Whether files come along that differ from the container's image. */
    public boolean hasRootfsDiff() {
        return members.containsKey(ArchiveLayout.ROOTFS_DIFF);
    }

    private Optional<byte[]> document(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    /** The images and, among them, CRIU's statistics, which lie beside the others. */
    @Override
    public Map<String, Long> sizes() {
        String prefix = ArchiveLayout.CHECKPOINT + "/";
        Map<String, Long> sizes = new TreeMap<>();
        members.forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                sizes.put(name.substring(prefix.length()), bytes);
            }
        });
        return sizes;
    }

    @Override
    public Optional<InputStream> open(String name) {
        return document(ArchiveLayout.CHECKPOINT + "/" + name)
                .or(() -> name.equals(ArchiveLayout.STATISTICS) ? document(name) : Optional.empty())
                .map(ByteArrayInputStream::new);
    }

    @Override
    public Failure unreadable(IOException cause) {
        return file.damaged(cause);
    }
}
