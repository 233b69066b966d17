package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes in both directions: {@code JMIGRATE}, version u16, role u8, zero u8.
 *
 * @param version of the protocol
 * @param role what the caller wants; the answer repeats it
 */
record Greeting(int version, Role role) {
    static final int BYTES = 12;
    /** Raised with every change of the protocol: both ends must have the same. */
    static final int VERSION = 6;

    private static final byte[] MAGIC = "JMIGRATE".getBytes(StandardCharsets.US_ASCII);

    static Greeting of(Role role) {
        return new Greeting(VERSION, role);
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .putShort((short) version)
                .put((byte) role.ordinal())
                .put((byte) 0)
                .array();
    }

    /** Whether these bytes are a greeting of a node, and its protocol is another one. */
    static boolean isOfOtherVersion(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        return Arrays.equals(magic, MAGIC) && Short.toUnsignedInt(in.getShort()) != VERSION;
    }

    /**
     * Reads a greeting of {@link #BYTES} bytes.
     *
     * @throws Failure PEER_NOT_JMIGRATE for anything else, and for another version
     */
    static Greeting decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw Failure.of(MigrationCode.PEER_NOT_JMIGRATE, "the peer is not a jmigrate node");
        }
        int version = Short.toUnsignedInt(in.getShort());
        int role = Byte.toUnsignedInt(in.get());
        if (version != VERSION) {
            throw Failure.of(
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer speaks version " + version + " of the migration protocol, this node version " + VERSION);
        }
        if (role >= Role.values().length || in.get() != 0) {
            throw Protocol.broken("a greeting with unknown fields");
        }
        return new Greeting(version, Role.values()[role]);
    }
}
