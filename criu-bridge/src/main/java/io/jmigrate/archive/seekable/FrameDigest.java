package io.jmigrate.archive.seekable;

import io.jmigrate.runtime.linux.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** What frames are compared with, as they are in the file. */
enum FrameDigest {
    /** Tells of accidents, at memory speed (RFC 3720, appendix B.4). */
    CRC32C("jmigrate-crc32c\0", Integer.BYTES, 0),
    /** Tells of intent, too, if somebody has signed it: Ed25519. */
    SHA256("jmigrate-sha256\0", 32, 64);

    /** All names have that length. */
    static final int NAME_BYTES = 16;

    private final byte[] name;
    private final int bytes;
    private final int signatureBytes;

    FrameDigest(String name, int bytes, int signatureBytes) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.bytes = bytes;
        this.signatureBytes = signatureBytes;
    }

    static Optional<FrameDigest> named(byte[] name) {
        return Arrays.stream(values())
                .filter(digest -> Arrays.equals(digest.name, name))
                .findFirst();
    }

    /** How a file calls it. */
    byte[] label() {
        return name.clone();
    }

    /** Size of one. */
    int bytes() {
        return bytes;
    }

    /** Size of the signature of all that are in a file, 0 if there is none. */
    int signatureBytes() {
        return signatureBytes;
    }

    /** The digest of the remaining bytes, which are not consumed. */
    byte[] of(ByteBuffer content) {
        return switch (this) {
            case CRC32C -> crc(content);
            case SHA256 -> sha256(content);
        };
    }

    private static byte[] crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] sha256(ByteBuffer content) {
        MessageDigest digest = Sha256.digest();
        digest.update(content.duplicate());
        return digest.digest();
    }
}
