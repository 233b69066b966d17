package io.jmigrate.archive;

import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.archive.seekable.FramedContent;
import io.jmigrate.archive.seekable.PlainContent;
import io.jmigrate.archive.seekable.SeekableContent;
import io.jmigrate.archive.seekable.SignedBytes;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive of which any part can be read without what is before it: one with a seek table, as {@code checkpoint --export} writes
 * it with zstd, or one that isn't compressed. Archives of other engines, and those in gzip, are none: {@link ArchiveReader} reads
 * them from front to back.
 *
 * <p>Anybody may have made it: what it says is checked and bounded as in {@link ArchiveReader}, and whatever is wrong is a {@link
 * Failure} with an {@link ArchiveCode}. By whom it was written is known if the checksums of
 * its content are signed, and else from the manifest alone.
 */
public final class SeekableArchive implements AutoCloseable {
    private static final Executor CHECKING =
            task -> Thread.ofPlatform().name("archive-check").daemon().start(task);

    private final ArchiveFile file;
    private final Limits limits;
    private final SeekableContent content;
    private final long fileBytes;
    private CompletableFuture<Void> check = CompletableFuture.completedFuture(null);

    private SeekableArchive(ArchiveFile file, Limits limits, SeekableContent content, long fileBytes) {
        this.file = file;
        this.limits = limits;
        this.content = content;
        this.fileBytes = fileBytes;
    }

    /**
     * A member.
     *
     * @param name as in the archive's layout, for example {@code checkpoint/pages-1.img}
     * @param directory whether it is one, or else a file
     * @param useful whether a restore has a use for it
     * @param size of its content in bytes
     * @param offset where its content begins, for {@link #read}
     */
    public record Member(String name, boolean directory, boolean useful, long size, long offset) {}

    /** Opens an archive within the limits of every import. */
    public static Optional<SeekableArchive> open(Path path) {
        return open(path, Limits.DEFAULT);
    }

    /**
     * Opens an archive; empty if it can't be read but from front to back.
     *
     * @throws Failure ARCHIVE_MISSING, ARCHIVE_INVALID, ARCHIVE_TOO_LARGE
     */
    public static Optional<SeekableArchive> open(Path path, Limits limits) {
        ArchiveFile file = new ArchiveFile(path.toString());
        if (!Files.isRegularFile(path)) {
            throw file.noFile(path);
        }
        try {
            Optional<SeekableContent> content = isTar(path)
                    ? Optional.of(PlainContent.open(path))
                    : FramedContent.open(path).map(c -> c);
            return content.map(found ->
                    new SeekableArchive(file, limits, found, path.toFile().length()).bounded());
        } catch (IOException e) {
            throw file.damaged(IoReason.of(e)).withCause(e);
        }
    }

    /** A checkpoint of containerd is made one while it is read from front to back. */
    private static boolean isTar(Path path) throws IOException {
        byte[] block = ArchiveInput.start(path);
        return TarArchiveInputStream.matches(block, block.length) && !LayoutFile.begins(block);
    }

    private SeekableArchive bounded() {
        try {
            if (content.bytes() > limits.contentBytesMax()) {
                throw file.tooLarge("has more than " + limits.totalBytes() + " bytes of content");
            }
            limits.checkRatio(file, content.bytes(), fileBytes);
            return this;
        } catch (RuntimeException e) {
            try (this) {
                throw e;
            }
        }
    }

    /** Size of the file in bytes. */
    long fileBytes() {
        return fileBytes;
    }

    /** Size of the tar in bytes, decompressed. */
    public long contentBytes() {
        return content.bytes();
    }

    /**
     * All members in their order. Headers alone are read, and are under the rules of an import.
     *
     * @throws Failure as those of an import
     */
    public List<Member> members() {
        return new TarIndex(file, content, MemberRules.toRestore(file, limits)).members();
    }

    /**
     * Reads the file at memory speed, on all cores, and compares all of it with its checksums.
     *
     * @param trust whose signature the checksums must have; what is read later is compared with them, too
     * @return false if it has none, or nobody has signed them though somebody had to: then the digests in the manifest are the only
     *     ones
     * @throws Failure ARCHIVE_INVALID, with the place that differs; ARCHIVE_UNTRUSTED
     */
    public boolean check(Optional<TrustedKey> trust) {
        boolean begun = beginCheck(trust);
        awaitCheck();
        return begun;
    }

    /** Begins {@link #check} on one core, which goes on while other things are done. @throws Failure ARCHIVE_UNTRUSTED */
    boolean beginCheck(Optional<TrustedKey> trust) {
        boolean known = content.checkable() && (trust.isEmpty() || isSignedBy(trust.get()));
        if (known) {
            check = CompletableFuture.runAsync(() -> compare(1), CHECKING);
        }
        return known;
    }

    private void compare(int threads) {
        try {
            content.check(threads);
        } catch (IOException e) {
            throw file.damaged(IoReason.of(e)).withCause(e);
        }
    }

    /** Does the rest of what {@link #beginCheck} has begun, if anything, on all cores. @throws Failure ARCHIVE_INVALID, with the place that differs */
    void awaitCheck() {
        try {
            if (!check.isDone()) {
                compare(Runtime.getRuntime().availableProcessors());
            }
            check.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    private boolean isSignedBy(TrustedKey key) {
        Optional<SignedBytes> signed = content.signed();
        if (signed.isPresent()
                && !key.hasSigned(signed.get().message(), signed.get().signature())) {
            throw file.untrusted(key.file());
        }
        return signed.isPresent();
    }

    /**
     * What its parts can be compared with.
     *
     * @param trust whose signature is required, where there are digests that somebody has signed: then all is compared
     * @throws Failure ARCHIVE_INVALID, ARCHIVE_UNTRUSTED
     */
    Integrity.Frames frames(Optional<TrustedKey> trust) {
        if (trust.isPresent()) {
            check(trust);
        }
        return switch (content) {
            case FramedContent framed when framed.signed().isPresent() -> Integrity.Frames.SIGNED;
            case FramedContent _ -> Integrity.Frames.CHECKSUMS;
            case PlainContent _ -> Integrity.Frames.NONE;
        };
    }

    /**
     * Fills the buffer with the tar's bytes from there on; any number of threads at once. Compressed content is compared with its
     * checksum before any of it is given out.
     *
     * @param offset with the buffer's room within {@link #contentBytes()}
     * @throws Failure ARCHIVE_INVALID
     */
    public void read(long offset, ByteBuffer into) {
        try {
            content.read(offset, into);
        } catch (IOException e) {
            throw file.damaged(IoReason.of(e)).withCause(e);
        }
    }

    /** After the last read. A check that is under way ends, as what it reads is closed. */
    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw file.damaged(IoReason.of(e)).withCause(e);
        } finally {
            check.exceptionally(_ -> null).join();
        }
    }
}
