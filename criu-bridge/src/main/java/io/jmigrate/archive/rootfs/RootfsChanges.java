package io.jmigrate.archive.rootfs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.MemberTar;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.transfer.TreeRules;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Applies the changes that an archive carries to a root filesystem that nobody uses: names below that directory, never through a link.
 *
 * <p>On failure some of it may have been applied: the root filesystem is to be made anew then.
 */
public final class RootfsChanges {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long NAMES_MAX = 10_000_000;
    private static final long BYTES_MAX = 1L << 42;
    private static final TreeRules RULES = new TreeRules(NAMES_MAX, BYTES_MAX, false, true);
    private static final String MARK = ".wh.";
    private static final String OPAQUE_MARK = ".wh..wh..opq";

    private final String archive;
    private final String member;
    private final boolean marks;
    private final Function<TreeEntry, Optional<TreeEntry>> admission;
    private final Path rootfs;
    private final TreeReceiver receiver;
    private final Set<String> made = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /**
     * @param marks whether names that begin with .wh. mean that something is deleted
     * @param admission what is made of an entry, if anything
     */
    private RootfsChanges(
            String archive,
            String member,
            boolean marks,
            Function<TreeEntry, Optional<TreeEntry>> admission,
            Path rootfs,
            TreeReceiver receiver) {
        this.archive = archive;
        this.member = member;
        this.marks = marks;
        this.admission = admission;
        this.rootfs = rootfs;
        this.receiver = receiver;
    }

    /**
     * Applies the changes.
     *
     * @param archive what to call the archive in messages
     * @param rootfs exists
     * @throws Failure ARCHIVE_INVALID, ARCHIVE_FORBIDDEN for what leads out of it or is a device of the host, ARCHIVE_NO_SPACE, ARCHIVE_IO
     */
    public static void apply(String archive, ChangedFiles changes, Path rootfs) {
        if (!Files.isDirectory(rootfs)) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "root filesystem " + rootfs + " is not a directory");
        }
        try (TreeReceiver receiver = new TreeReceiver(real(rootfs), RULES)) {
            RootfsChanges applied = new RootfsChanges(archive, "rootfs-diff.tar", true, Optional::of, rootfs, receiver);
            changes.tar().ifPresent(applied::tar);
            changes.deleted().ifPresent(applied::deleted);
            receiver.finish();
        } catch (Failure e) {
            throw ofArchive(archive, rootfs, e);
        }
    }

    /**
     * Puts the files of a volume into a directory.
     *
     * @param member the volume's name in the archive
     * @param directory exists
     * @param trusted whether somebody vouches for the archive; else programs lose their rights, and devices are left out
     * @throws Failure as above
     */
    public static Withheld unpack(String archive, String member, Path tar, Path directory, boolean trusted) {
        StrangersEntries strangers = new StrangersEntries();
        try (TreeReceiver receiver = new TreeReceiver(real(directory), RULES)) {
            new RootfsChanges(archive, member, false, trusted ? Optional::of : strangers::admitted, directory, receiver)
                    .tar(tar);
            receiver.finish();
            return strangers.withheld();
        } catch (Failure e) {
            throw ofArchive(archive, directory, e);
        }
    }

    private static Path real(Path rootfs) {
        try {
            return rootfs.toRealPath();
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "cannot read " + rootfs + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** What receives trees speaks of a peer; here it was an archive. */
    private static Failure ofArchive(String archive, Path rootfs, Failure e) {
        if (!(e.code() instanceof MigrationCode code)) {
            return e;
        }
        String about = "the changed files of archive " + archive;
        return switch (code) {
            case PEER_PROTOCOL ->
                Failure.of(ArchiveCode.ARCHIVE_FORBIDDEN, about + " lead through a link or out of their directory")
                        .withCause(e);
            case PEER_REFUSED ->
                Failure.of(ArchiveCode.ARCHIVE_FORBIDDEN, about + " include a device of the host")
                        .withCause(e);
            default ->
                FullDisk.at(rootfs)
                        ? Failure.of(ArchiveCode.ARCHIVE_NO_SPACE, "no space is left for " + about)
                                .withCause(e)
                        : Failure.of(ArchiveCode.ARCHIVE_IO, about + " can't be applied: " + e.getMessage())
                                .withCause(e);
        };
    }

    private void tar(Path file) {
        try (PaxTarInput tar = new PaxTarInput(MemberTar.open(file))) {
            for (Optional<TreeEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                take(tar, entry.get());
            }
        } catch (IOException e) {
            throw invalid(member, e);
        }
    }

    private Failure invalid(String member, IOException e) {
        return Failure.of(
                        ArchiveCode.ARCHIVE_INVALID,
                        member + " of archive " + archive + " can't be read: " + IoReason.of(e))
                .withCause(e);
    }

    private void take(PaxTarInput tar, TreeEntry entry) throws IOException {
        int slash = entry.path().lastIndexOf('/');
        String directory = slash < 0 ? "" : entry.path().substring(0, slash);
        String name = entry.path().substring(slash + 1);
        if (!marks || !name.startsWith(MARK)) {
            Optional<TreeEntry> admitted = admission.apply(entry);
            if (admitted.isPresent()) {
                make(tar, admitted.get());
            }
        } else if (name.equals(OPAQUE_MARK)) {
            hide(directory);
        } else {
            receiver.removed(below(directory, name.substring(MARK.length())));
        }
    }

    private static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    /** Whatever was in a directory before this layer. */
    private void hide(String directory) throws IOException {
        receiver.removed(below(directory, OPAQUE_MARK)); // refuses a directory that leads elsewhere
        try (var children = Files.newDirectoryStream(rootfs.resolve(directory))) {
            for (Path child : children) {
                String path = below(directory, child.getFileName().toString());
                if (!made.contains(path)) {
                    receiver.removed(path);
                }
            }
        }
    }

    private void make(PaxTarInput tar, TreeEntry entry) throws IOException {
        made.add(entry.path());
        receiver.entry(entry);
        if (entry.kind() != Kind.FILE) {
            return;
        }
        for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
            long offset = tar.offset();
            ZeroPages.divide(ByteBuffer.wrap(buffer, 0, count), (from, _, bytes) -> {
                if (bytes.hasRemaining()) {
                    receiver.data(offset + from, Arrays.copyOfRange(buffer, from, from + bytes.remaining()));
                }
            });
        }
    }

    private void deleted(Path file) {
        try {
            JsonNode paths = new ObjectMapper().readTree(Files.readAllBytes(file));
            for (JsonNode path : paths) {
                String name = path.asText();
                remove(name.startsWith("/") ? name.substring(1) : name);
            }
        } catch (IOException e) {
            throw invalid("deleted.files", e);
        }
    }

    /** Below what was deleted as well, there is nothing to delete any more. */
    private void remove(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0 || Files.exists(rootfs.resolve(path.substring(0, slash)), LinkOption.NOFOLLOW_LINKS)) {
            receiver.removed(path);
        }
    }
}
