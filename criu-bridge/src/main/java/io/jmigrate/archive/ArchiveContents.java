package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an archive holds, to be looked at: the names and sizes of all members, and the contents of those that tell about the
 * container. Nothing is written to disk, and contents of memory and files are passed over.
 *
 * <p>Archives of other engines, and such as a restore would refuse for their volumes or previous checkpoints, can be looked at
 * too. Links, devices and names that lead elsewhere are refused as in {@link ArchiveReader}.
 */
public final class ArchiveContents implements MemorySource {
    private final ArchiveFile file;
    private final Path path;
    private final Optional<Decryption> decryption;
    private final Limits limits;
    private final List<Member> members;
    private final Map<String, Long> sizes;
    private final Map<String, byte[]> kept;

    private ArchiveContents(
            ArchiveFile file, Path path, Optional<Decryption> decryption, Limits limits, ArchivePass.Passed passed) {
        this.file = file;
        this.path = path;
        this.decryption = decryption;
        this.limits = limits;
        members = passed.members();
        sizes = members.stream()
                .filter(member -> member.kind() == Member.Kind.FILE)
                .collect(Collectors.toUnmodifiableMap(Member::name, Member::sizeBytes));
        kept = Map.copyOf(passed.kept());
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
        return read(path, path.toString(), limits, decryption, UnaryOperator.identity());
    }

    /** The same of an archive in plain that is called otherwise in messages. */
    public static ArchiveContents readAs(Path path, String name, Limits limits) {
        return readAs(path, name, limits, UnaryOperator.identity());
    }

    /** The same. @param watching sees all of the tar as it passes */
    static ArchiveContents readAs(Path path, String name, Limits limits, UnaryOperator<InputStream> watching) {
        return read(path, name, limits, Optional.empty(), watching);
    }

    private static ArchiveContents read(
            Path path,
            String name,
            Limits limits,
            Optional<Decryption> decryption,
            UnaryOperator<InputStream> watching) {
        ArchiveFile file = new ArchiveFile(name);
        try (ArchiveInput input = ArchiveInput.open(file, new ArchiveSource.InFile(path), decryption, watching)) {
            return new ArchiveContents(file, path, decryption, limits, new ArchivePass(file, input, limits).run());
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
                throw file.unreadable(ArchiveLayout.CONFIG_DUMP, e);
            }
        });
    }

    /** The job that it is an archive of; empty if it is a container's. */
    public Optional<JobFile> job() {
        return JobMember.read(file, document(ArchiveLayout.JOB), sizes.containsKey(ArchiveLayout.SPEC_DUMP));
    }

    /** The program that made the archive, as far as it tells. */
    public Engine engine() {
        Optional<String> runtime = container().map(ContainerDescription::runtime);
        return Engine.of(document(ArchiveLayout.SPEC_DUMP), sizes.keySet(), runtime);
    }

    /** Whether files come along that differ from the container's image. */
    public boolean hasRootfsDiff() {
        return sizes.containsKey(ArchiveLayout.ROOTFS_DIFF);
    }

    /** The members that hold files outside of the root filesystem. */
    public List<String> volumes() {
        return members.stream()
                .map(Member::name)
                .filter(ArchiveLayout::isVolume)
                .toList();
    }

    /**
     * What the archive says of itself, and whether it is so.
     *
     * @param trust whose signature is required
     * @throws Failure ARCHIVE_UNSIGNED, ARCHIVE_UNTRUSTED or ARCHIVE_ALTERED, if a signature is required
     */
    public Integrity integrity(Optional<TrustedKey> trust) {
        Seal seal =
                new Seal(file, name -> document(name).orElseThrow(() -> file.invalid(name, "is not a file")), trust);
        boolean signed = kept.containsKey(ArchiveLayout.SIGNATURE);
        Integrity.Frames frames = frames(trust);
        try {
            seal.check(members);
        } catch (Failure failure) {
            if (trust.isPresent()) {
                throw failure;
            }
            return new Integrity(
                    Integrity.State.ALTERED, Optional.of(failure.getMessage()), signed, frames, Optional.empty());
        }
        boolean listed = kept.containsKey(ArchiveLayout.MANIFEST);
        return new Integrity(
                listed ? Integrity.State.INTACT : Integrity.State.NONE,
                Optional.empty(),
                signed,
                frames,
                trust.map(TrustedKey::fingerprint));
    }

    /** Parts of what is encrypted can't be found. */
    private Integrity.Frames frames(Optional<TrustedKey> trust) {
        Optional<SeekableArchive> seekable =
                decryption.isPresent() ? Optional.empty() : SeekableArchive.open(path, limits);
        try (SeekableArchive archive = seekable.orElse(null)) {
            return archive == null ? Integrity.Frames.NONE : archive.frames(trust);
        }
    }

    private Optional<byte[]> document(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    /** The images and, among them, CRIU's statistics, which lie beside the others. */
    @Override
    public Map<String, Long> sizes() {
        String prefix = ArchiveLayout.CHECKPOINT + "/";
        Map<String, Long> images = new TreeMap<>();
        sizes.forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                images.put(name.substring(prefix.length()), bytes);
            }
        });
        return images;
    }

    @Override
    public Optional<InputStream> open(String name) {
        return document(ArchiveLayout.CHECKPOINT + "/" + name)
                .or(() -> name.equals(ArchiveLayout.STATISTICS) ? document(name) : Optional.empty())
                .map(ByteArrayInputStream::new);
    }

    /** Reads the archive once more; nothing of it is kept. */
    @Override
    public void eachPagesImage(Use use) throws IOException {
        String prefix = ArchiveLayout.CHECKPOINT + "/";
        try (ArchiveInput input = ArchiveInput.open(file, new ArchiveSource.InFile(path), decryption)) {
            MemberReading reading = MemberReading.of(file, input, MemberRules.toLook(file, limits), limits);
            reading.each((member, content) -> {
                String name = member.name();
                if (name.startsWith(prefix) && MemorySource.holdsPages(name.substring(prefix.length()))) {
                    use.image(name.substring(prefix.length()), content);
                }
            });
        }
    }

    @Override
    public Failure unreadable(IOException cause) {
        return file.damaged(cause);
    }
}
