package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.MemberRecorder;
import io.jmigrate.archive.seekable.Whole;
import io.jmigrate.runtime.linux.PageBuffer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes the members of an archive as a tar. Who owns the files and may read them here is not carried: root, 0600. */
final class TarPacker implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;

    /** The end of a tar: two blocks. */
    private static final int END_BYTES = 2 * BLOCK_BYTES;

    private static final int COPY_BYTES = 1 << 20;
    private static final int FILE_MODE = 0100600;
    private static final int DIRECTORY_MODE = 040700;

    private final WritableByteChannel out;
    private final Progress progress;
    private final Arena memory = Arena.ofConfined();
    private final ByteBuffer buffer = PageBuffer.allocate(memory, COPY_BYTES);
    private final MemberRecorder recorder = new MemberRecorder();
    private long contentBytes;

    TarPacker(WritableByteChannel out, Progress progress) {
        this.progress = progress;
        this.out = out;
    }

    void directory(String name) throws IOException {
        begin(name + "/", DIRECTORY_MODE, 0, FileTime.from(Instant.now()));
        recorder.directory(name);
    }

    void document(String name, byte[] content) throws IOException {
        begin(name, FILE_MODE, content.length, FileTime.from(Instant.now()));
        write(ByteBuffer.wrap(content));
        end(name, content.length);
    }

    /** Packs a regular file with the size that it has now. */
    void file(String name, Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new IOException(file + " is not a regular file");
            }
            begin(name, FILE_MODE, attributes.size(), attributes.lastModifiedTime());
            copy(in, file, attributes.size());
            end(name, attributes.size());
        }
    }

    /** Packs what is made now. */
    void made(String name, MemberContent.Made content) throws IOException {
        begin(name, FILE_MODE, content.bytes(), FileTime.from(Instant.now()));
        long before = contentBytes;
        OutputStream pieces = new BufferedOutputStream(new Pieces(), COPY_BYTES);
        content.writeTo(pieces);
        pieces.flush();
        if (contentBytes - before != content.bytes()) {
            throw new IOException("what becomes " + name + " was changed while it was read");
        }
        end(name, content.bytes());
    }

    /** The content of the current member. */
    private final class Pieces extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            TarPacker.this.write(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    /** Packs a file whose content comes in pieces. */
    void pieces(String name, long size, PieceSource source) throws IOException {
        begin(name, FILE_MODE, size, FileTime.from(Instant.now()));
        for (Optional<ByteBuffer> piece = source.next(); piece.isPresent(); piece = source.next()) {
            write(piece.get());
        }
        end(name, size);
    }

    /** Where pieces come from. */
    @FunctionalInterface
    interface PieceSource {
        /** The next, good until it is asked for another; empty at the end. */
        Optional<ByteBuffer> next() throws IOException;
    }

    private void copy(FileChannel in, Path file, long size) throws IOException {
        long left = size;
        while (left > 0) {
            int count = in.read(buffer.clear().limit((int) Math.min(buffer.capacity(), left)));
            if (count < 0) {
                throw new IOException(file + " became shorter while it was read");
            }
            write(buffer.flip());
            left -= count;
        }
    }

    private void write(ByteBuffer content) throws IOException {
        recorder.content(content.duplicate());
        contentBytes += content.remaining();
        Whole.write(out, content);
        progress.reached(contentBytes);
    }

    private void begin(String name, int mode, long size, FileTime modified) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setLastModifiedTime(FileTime.from(modified.toInstant().truncatedTo(ChronoUnit.SECONDS)));
        entry.setUserName("");
        entry.setGroupName("");
        Whole.write(out, ByteBuffer.wrap(header(entry)));
    }

    /** As the library writes it, with what extends it. Contents pass it by: it writes them in pieces of 512 bytes. */
    static byte[] header(TarArchiveEntry entry) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(header, StandardCharsets.UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.putArchiveEntry(entry);
        tar.flush();
        return header.toByteArray();
    }

    private void end(String name, long bytes) throws IOException {
        Whole.write(out, ByteBuffer.allocate((int) (-bytes & (BLOCK_BYTES - 1))));
        recorder.file(name, bytes);
    }

    /** The members so far, in their order. */
    List<Member> members() {
        return recorder.members();
    }

    long contentBytes() {
        return contentBytes;
    }

    /** Ends the tar and closes the stream below it. */
    void complete() throws IOException {
        Whole.write(out, ByteBuffer.allocate(END_BYTES));
        out.close();
    }

    /** Of a tar that isn't complete nothing more is written: whoever has opened what is below it lets go of that. */
    @Override
    public void close() {
        memory.close();
    }
}
