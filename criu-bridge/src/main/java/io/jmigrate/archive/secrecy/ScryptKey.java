package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.SCrypt;

/** The key that a passphrase gives, slowly (age-encryption.org/v1, "The scrypt recipient type"; RFC 7914 with r = 8, p = 1). */
final class ScryptKey {
    /** log2 of scrypt's N. That of age: two seconds here, and 256 MiB, which a JVM of these commands has. */
    static final int WORK_FACTOR = 18;

    /** An archive may ask for any: more is not tried. */
    static final int WORK_FACTOR_MAX = WORK_FACTOR;

    static final int SALT_BYTES = 16;
    private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK_SIZE = 8;
    private static final int KEY_BYTES = 32;

    private ScryptKey() {}

    /** One at a time, for the memory that it takes. */
    static synchronized CipherKey of(Passphrase passphrase, byte[] salt, int workFactor) {
        byte[] labelled = ByteBuffer.allocate(LABEL.length + salt.length)
                .put(LABEL)
                .put(salt)
                .array();
        return new CipherKey(SCrypt.generate(passphrase.bytes(), labelled, 1 << workFactor, BLOCK_SIZE, 1, KEY_BYTES));
    }
}
