package io.jmigrate.pages.kept;

import io.jmigrate.runtime.linux.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Names pages by what they hold. A program may choose what its pages hold, so the hash is over a secret, too: whoever does not know it can't
 * look for two pages with the same name. Used by one thread at a time.
 */
public final class PageNames {
    public static final int SECRET_BYTES = 32;

    private final MessageDigest sha256 = Sha256.digest();
    private final byte[] secret;

    /** @param secret {@link #SECRET_BYTES} */
    public PageNames(byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
        }
        this.secret = secret.clone();
    }

    /** With a secret that nobody else knows. */
    public static PageNames fresh() {
        return new PageNames(secret());
    }

    /** A new one. */
    public static byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** @param page consumed */
    public PageName of(ByteBuffer page) {
        sha256.update(secret);
        sha256.update(page);
        return PageName.read(ByteBuffer.wrap(sha256.digest()));
    }
}
