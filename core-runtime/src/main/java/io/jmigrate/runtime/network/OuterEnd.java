package io.jmigrate.runtime.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the outer end of a veth pair. The name follows from the container's namespace and the inner name, so that nothing needs to
 * be remembered to find it; it has at most 15 characters (IFNAMSIZ).
 */
final class OuterEnd {
    private static final String PREFIX = "jm";
    private static final int HASH_CHARS = 12;

    private OuterEnd() {}

    static String name(NetworkNamespace namespace, String inner) {
        byte[] key = (namespace.path() + "\0" + inner).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
