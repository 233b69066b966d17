package io.jmigrate.archive;

import io.jmigrate.archive.seekable.SeekableContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Finds the members of a tar by going from header to header. A header with those that extend it (pax(1), GNU's long names) is read
 * by the library alone, from memory.
 */
final class TarIndex {
    private static final int BLOCK_BYTES = 512;

    /** A member's header and all that extends it. */
    private static final int HEADER_BYTES_MAX = 1 << 20;

    /** Packers fill up to a multiple of 10 KiB; none needs more than this. */
    private static final int END_BYTES_MAX = 1 << 20;

    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final ArchiveFile file;
    private final SeekableContent content;
    private final MemberRules rules;

    TarIndex(ArchiveFile file, SeekableContent content, MemberRules rules) {
        this.file = file;
        this.content = content;
        this.rules = rules;
    }

    List<SeekableArchive.Member> members() {
        try {
            List<SeekableArchive.Member> members = new ArrayList<>();
            long place = 0;
            while (!isEnd(place)) {
                long start = headerEnd(place);
                TarArchiveEntry entry = entry(place, start);
                MemberRules.Admitted admitted = rules.admit(entry);
                long end = start + Math.ceilDiv(entry.getSize(), BLOCK_BYTES) * BLOCK_BYTES;
                if (end > content.bytes()) {
                    throw file.damaged("it ends too early");
                }
                members.add(new SeekableArchive.Member(
                        admitted.name(), admitted.directory(), admitted.useful(), entry.getSize(), start));
                place = end;
            }
            return members;
        } catch (IOException e) {
            throw file.damaged(e);
        }
    }

    /** Whether nothing but zeros follows, at least a block of them. */
    private boolean isEnd(long place) throws IOException {
        if (!java.util.Arrays.equals(block(place), ZEROS)) {
            return false;
        }
        long rest = content.bytes() - place;
        if (rest > END_BYTES_MAX) {
            throw file.damaged("something follows its end");
        }
        for (byte each : bytes(place, (int) rest)) {
            if (each != 0) {
                throw file.damaged("something follows its end");
            }
        }
        return true;
    }

    /** Behind the member's own header, before which there may be others that extend it. */
    private long headerEnd(long place) throws IOException {
        long header = place;
        while (true) {
            if (header - place > HEADER_BYTES_MAX) {
                throw file.damaged("a header is longer than " + HEADER_BYTES_MAX + " bytes");
            }
            TarArchiveEntry entry = parsed(block(header));
            if (entry.isGlobalPaxHeader()) {
                throw file.damaged("a header is for all members, which no engine writes");
            }
            header += BLOCK_BYTES;
            if (!entry.isPaxHeader() && !entry.isGNULongNameEntry() && !entry.isGNULongLinkEntry()) {
                return header;
            }
            header += Math.ceilDiv(Math.clamp(entry.getSize(), 0, HEADER_BYTES_MAX + 1L), BLOCK_BYTES) * BLOCK_BYTES;
        }
    }

    private TarArchiveEntry entry(long place, long end) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(bytes(place, (int) (end - place))), "UTF-8")) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                throw new IOException("a header extends none");
            }
            return entry;
        } catch (RuntimeException e) {
            throw file.damaged(e); // the library answers some malformed fields with unchecked exceptions
        }
    }

    private TarArchiveEntry parsed(byte[] block) throws IOException {
        try {
            return new TarArchiveEntry(block);
        } catch (RuntimeException e) {
            throw file.damaged(e);
        }
    }

    private byte[] block(long place) throws IOException {
        return bytes(place, BLOCK_BYTES);
    }

    private byte[] bytes(long place, int count) throws IOException {
        if (place + count > content.bytes()) {
            throw new IOException("it ends too early");
        }
        byte[] bytes = new byte[count];
        content.read(place, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
