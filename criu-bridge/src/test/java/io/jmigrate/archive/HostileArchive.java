package io.jmigrate.archive;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds archives that no exporter would write. */
final class HostileArchive {
    static final int SIZE_OFFSET = 124;
    static final int TYPE_OFFSET = 156;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int BLOCK_BYTES = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    HostileArchive() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** One that an import accepts if nothing is added. */
    static HostileArchive complete() {
        return new HostileArchive()
                .file("config.dump", "{\"id\":\"web\",\"name\":\"web\"}")
                .file("spec.dump", "{}")
                .file("checkpoint/inventory.img", Checkpoint.inventory());
    }

    HostileArchive file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    HostileArchive file(String name, byte[] content) {
        return file(name, TarConstants.LF_NORMAL, content);
    }

    HostileArchive file(String name, byte type, byte[] content) {
        return add(new TarArchiveEntry(name, type, true), content, entry -> {});
    }

    HostileArchive directory(String name) {
        return special(name + "/", TarConstants.LF_DIR, entry -> {});
    }

    HostileArchive special(String name, byte type, Consumer<TarArchiveEntry> change) {
        return add(new TarArchiveEntry(name, type, true), new byte[0], change);
    }

    private HostileArchive add(TarArchiveEntry entry, byte[] content, Consumer<TarArchiveEntry> change) {
        entry.setSize(content.length);
        change.accept(entry);
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The blocks so far, without the end of the archive. */
    byte[] open() {
        try {
            tar.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] closed() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path writeTo(Path file) {
        return write(file, Zstd.compress(closed()));
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the header of a member begins in a tar. */
    static int headerOf(byte[] tar, String name) {
        for (int block = 0; block < tar.length; block += BLOCK_BYTES) {
            if (new String(tar, block, name.length(), StandardCharsets.UTF_8).equals(name)) {
                return block;
            }
        }
        throw new AssertionError("no header of " + name);
    }

    /** Changes a member's header in place, and its checksum with it. */
    static byte[] changeHeader(byte[] tar, String name, Consumer<ByteBuffer> change) {
        ByteBuffer header =
                ByteBuffer.wrap(tar, headerOf(tar, name), BLOCK_BYTES).slice();
        change.accept(header);
        header.put(CHECKSUM_OFFSET, " ".repeat(8).getBytes());
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            sum += header.get(i) & 0xff;
        }
        header.put(CHECKSUM_OFFSET, String.format("%06o\0 ", sum).getBytes());
        return tar;
    }

    /** One record of an extended header (pax(1)). */
    static String paxRecord(String key, String value) {
        int rest = key.length() + value.length() + 3;
        int length = rest + Integer.toString(rest + 2).length();
        return length + " " + key + "=" + value + "\n";
    }
}
