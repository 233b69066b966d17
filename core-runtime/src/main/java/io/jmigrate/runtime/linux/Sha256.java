package io.jmigrate.runtime.linux;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 for content of any size: OpenSSL's where the host has it, else the JDK's. Our JVMs compile with C1 alone (docs/adr/0010),
 * which knows nothing of the processor's instructions for it: the JDK's takes them 11 s a gigabyte, OpenSSL's less than one.
 */
public final class Sha256 {
    private Sha256() {}

    /** A digest for one thread at a time. */
    public static MessageDigest digest() {
        return CryptoLibrary.LOADED.<MessageDigest>map(OpenSslSha256::new).orElseGet(Sha256::ofJdk);
    }

    /** Of bytes that are all there, as 64 hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static MessageDigest ofJdk() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (MessageDigest)", e);
        }
    }
}
