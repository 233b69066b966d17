package io.jmigrate.archive;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.store.PageFiles;
import io.jmigrate.pages.store.PageIndex;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pages-N.img files of an archive, which is closed with this. */
final class ArchivePages implements PageFiles {
    private static final int PIECE_BYTES = 1 << 20;

    private final SeekableArchive archive;
    private final Map<Integer, SeekableArchive.Member> members;
    private final Path directory;
    private final ReadAhead ahead;

    /**
     * @param members by N
     * @param directory image directory, for what is settled
     */
    ArchivePages(SeekableArchive archive, Map<Integer, SeekableArchive.Member> members, Path directory) {
        this.archive = archive;
        this.members = Map.copyOf(members);
        this.directory = directory;
        this.ahead = new ReadAhead(archive);
    }

    @Override
    public void read(int file, long offset, ByteBuffer target) {
        SeekableArchive.Member member = members.get(file);
        long start = member.offset() + offset;
        long end = start + target.remaining();
        archive.read(start, target);
        ahead.from(end, member.offset() + member.size());
    }

    /** Makes them all, each a hole. */
    void makeFiles() {
        members.forEach((file, member) -> writing(file, () -> {
            try (FileChannel made = FileChannel.open(
                    path(file),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                if (member.size() > 0) {
                    made.write(ByteBuffer.allocate(1), member.size() - 1);
                }
            }
        }));
    }

    private Path path(int file) {
        return directory.resolve(PageImages.pages(file));
    }

    private record Piece(long offset, long bytes) {}

    @Override
    public void confirm() {
        archive.awaitCheck();
    }

    /** Writes what is for later into files that CRIU reads. */
    void settle(Collection<PageIndex> indexes) {
        confirm();
        indexes.forEach(index -> settle(index.file(), index.lazy().values()));
    }

    /** Puts pieces of a file in their places. */
    void settle(int file, Collection<PageIndex.Stored> pieces) {
        copy(
                file,
                pieces.stream()
                        .map(stored -> new Piece(stored.offset(), stored.run().bytes()))
                        .toList());
    }

    /** Puts a whole file in its place. */
    void settleAll(int file) {
        copy(file, List.of(new Piece(0, members.get(file).size())));
    }

    private void copy(int file, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        writing(file, () -> {
            try (FileChannel target = FileChannel.open(path(file), StandardOpenOption.WRITE);
                    Arena memory = Arena.ofConfined()) {
                ByteBuffer buffer = PageBuffer.allocate(memory, PIECE_BYTES);
                for (Piece piece : pieces) {
                    copy(members.get(file), piece, target, buffer);
                }
            }
        });
    }

    private void copy(SeekableArchive.Member member, Piece piece, FileChannel target, ByteBuffer buffer)
            throws IOException {
        long end = piece.offset() + piece.bytes();
        for (long at = piece.offset(); at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            archive.read(member.offset() + at, buffer);
            write(target, buffer.flip(), at);
        }
    }

    private static void write(FileChannel target, ByteBuffer piece, long offset) throws IOException {
        while (piece.hasRemaining()) {
            target.write(piece, offset + piece.position());
        }
    }

    private void writing(int file, Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw FullDisk.at(directory)
                    ? Failure.of(PageCode.PAGES_NO_SPACE, "no space is left for memory in " + directory)
                            .withCause(e)
                    : Failure.of(PageCode.PAGES_IO, "writing " + path(file) + " failed: " + IoReason.of(e))
                            .withCause(e);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    @Override
    public void close() {
        try (archive) {
            ahead.close();
        }
    }
}
