package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One block that begins an entry of a tar (pax(1), "ustar Interchange Format"; GNU tar's numbers of base 256). */
record TarHeader(byte[] block) {
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int PREFIX = 345;
    private static final int MAGIC = 257;

    boolean isEnd() {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    void check() throws IOException {
        long sum = 0;
        for (int i = 0; i < block.length; i++) {
            boolean ofSum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
            sum += ofSum ? ' ' : block[i] & 0xff;
        }
        if (sum != number(CHECKSUM, CHECKSUM_BYTES)) {
            throw new IOException("a header has a wrong checksum");
        }
    }

    int type() {
        return block[156];
    }

    Kind kind() throws IOException {
        return switch (type()) {
            case '0', 0, '7' -> Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMLINK;
            case '3' -> Kind.CHARACTER_DEVICE;
            case '4' -> Kind.BLOCK_DEVICE;
            case '5' -> Kind.DIRECTORY;
            case '6' -> Kind.FIFO;
            default -> throw new IOException("an entry is of the unknown type " + type());
        };
    }

    String name() {
        String prefix = text(MAGIC, 6).equals("ustar") ? text(PREFIX, 155) : "";
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    String linkName() {
        return text(157, 100);
    }

    long mode() throws IOException {
        return number(100, 8);
    }

    long uid() throws IOException {
        return number(108, 8);
    }

    long gid() throws IOException {
        return number(116, 8);
    }

    long size() throws IOException {
        return number(124, 12);
    }

    long mtimeSeconds() throws IOException {
        return number(136, 12);
    }

    long device() throws IOException {
        return new DeviceNumber(number(329, 8), number(337, 8)).device();
    }

    private String text(int offset, int room) {
        int end = offset;
        while (end < offset + room && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Octal digits, or a big number when the first bit is set. */
    private long number(int offset, int room) throws IOException {
        if ((block[offset] & 0x80) != 0) {
            long value = block[offset] & 0x7f;
            for (int i = 1; i < room; i++) {
                value = value << 8 | block[offset + i] & 0xff;
            }
            if (value < 0) {
                throw new IOException("a number is out of range");
            }
            return value;
        }
        String digits = text(offset, room).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("a header has no number where one belongs", e);
        }
    }
}
