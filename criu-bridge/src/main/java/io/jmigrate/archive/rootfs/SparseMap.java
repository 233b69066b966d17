package io.jmigrate.archive.rootfs;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which bytes of a file a tar holds; those between are zeros. GNU tar's format 1.0 for pax(1) (tar manual, "Storing Sparse Files"): the
 * map stands before the content, in decimal numbers with a line feed behind each, and is filled up to a block.
 *
 * @param extents in their order, apart from each other, within the size
 * @param size of the file
 */
record SparseMap(List<Extent> extents, long size) {
    private static final int BLOCK_BYTES = 512;

    /** Extents begin and end with these: GNU tar wants whole blocks, and a hole is never less. */
    private static final int PAGE_BYTES = 4096;

    /** Smaller holes are not worth a line. */
    private static final long HOLE_BYTES_MIN = 64 << 10;

    /** So that the map stays below a mebibyte: others read no larger one (Go, archive/tar, maxSpecialFileSize). */
    private static final int EXTENTS_MAX = 20_000;

    private static final int NUMBER_BYTES_MAX = 20;

    SparseMap {
        extents = List.copyOf(extents);
    }

    /** A file without holes. */
    static SparseMap whole(long size) {
        return new SparseMap(List.of(new Extent(0, size)), size);
    }

    /** What there is of a file; all of it unless there is enough to be left out. Of too many holes the smaller ones are taken for data. */
    static SparseMap of(Fd file, long size) {
        Builder map = new Builder();
        Optional<Extent> next = FileExtents.next(file, 0);
        while (next.isPresent() && next.get().from() < size) {
            map.add(pages(next.get(), size));
            next = FileExtents.next(file, next.get().to());
        }
        SparseMap found = new SparseMap(map.extents, size);
        return found.holeBytes() < HOLE_BYTES_MIN ? whole(size) : found;
    }

    private static Extent pages(Extent data, long size) {
        long from = data.from() / PAGE_BYTES * PAGE_BYTES;
        long to = Math.ceilDiv(data.to(), PAGE_BYTES) * PAGE_BYTES;
        return new Extent(from, Math.min(to, size));
    }

    /** Joins what is not far enough apart. */
    private static final class Builder {
        private List<Extent> extents = new ArrayList<>();
        private long holeBytesMin = HOLE_BYTES_MIN;

        void add(Extent extent) {
            while (extents.size() >= EXTENTS_MAX) {
                holeBytesMin *= 4;
                List<Extent> finer = extents;
                extents = new ArrayList<>();
                finer.forEach(this::append);
            }
            append(extent);
        }

        private void append(Extent extent) {
            if (!extents.isEmpty() && extent.from() - extents.getLast().to() < holeBytesMin) {
                extents.set(extents.size() - 1, new Extent(extents.getLast().from(), extent.to()));
            } else {
                extents.add(extent);
            }
        }
    }

    /** Bytes that the tar holds. */
    long dataBytes() {
        return extents.stream().mapToLong(Extent::bytes).sum();
    }

    /** Bytes that it leaves out. */
    long holeBytes() {
        return size - dataBytes();
    }

    /** The map, as it stands before the data. */
    byte[] text() {
        List<Extent> entries = new ArrayList<>(extents);
        if (entries.isEmpty() || entries.getLast().to() < size) {
            entries.add(new Extent(size, size)); // as GNU tar ends a map of a file that ends in a hole
        }
        StringBuilder text = new StringBuilder().append(entries.size()).append('\n');
        entries.forEach(each ->
                text.append(each.from()).append('\n').append(each.bytes()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, BLOCK_BYTES) * BLOCK_BYTES);
    }

    /**
     * Reads a map that anybody may have made, and as much as fills its last block.
     *
     * @param size of the file
     * @param packedBytes of the map and of what follows it
     */
    static Read read(InputStream in, long size, long packedBytes) throws IOException {
        Numbers numbers = new Numbers(in);
        long count = numbers.next();
        if (count > 2 * EXTENTS_MAX) {
            throw new IOException("a file has more than " + 2 * EXTENTS_MAX + " pieces");
        }
        List<Extent> extents = new ArrayList<>();
        long before = 0;
        for (long i = 0; i < count; i++) {
            long from = numbers.next();
            long bytes = numbers.next();
            if (from < before || from > size || bytes > size - from) {
                throw new IOException("the pieces of a file do not fit together");
            }
            before = from + bytes;
            extents.add(new Extent(from, before));
        }
        Read read = new Read(new SparseMap(extents, size), numbers.skipToBlock());
        if (read.map.dataBytes() > packedBytes - read.textBytes) {
            throw new IOException("a file has less than its pieces");
        }
        return read;
    }

    /** A map, and how many bytes it was. */
    record Read(SparseMap map, long textBytes) {}

    /** The numbers of a map. */
    private static final class Numbers {
        private final InputStream in;
        private long read;

        Numbers(InputStream in) {
            this.in = in;
        }

        long next() throws IOException {
            StringBuilder digits = new StringBuilder();
            for (int each = one(); each != '\n'; each = one()) {
                if (each < '0' || each > '9' || digits.length() == NUMBER_BYTES_MAX) {
                    throw new IOException("the map of a file is malformed");
                }
                digits.append((char) each);
            }
            try {
                return Long.parseLong(digits.toString());
            } catch (NumberFormatException e) {
                throw new IOException("the map of a file is malformed", e);
            }
        }

        private int one() throws IOException {
            int value = in.read();
            if (value < 0) {
                throw new EOFException("it ends too early");
            }
            read++;
            return value;
        }

        /** Returns how many bytes the map has. */
        long skipToBlock() throws IOException {
            long bytes = Math.ceilDiv(read, BLOCK_BYTES) * BLOCK_BYTES;
            in.skipNBytes(bytes - read);
            return bytes;
        }
    }
}
