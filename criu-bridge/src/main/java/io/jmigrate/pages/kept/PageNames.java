package io.jmigrate.pages.kept;

import io.jmigrate.runtime.linux.Gmac;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Names pages by what they hold. A program may choose what its pages hold, so the hash has a secret key: whoever does not know it can't
 * look for two pages with the same name. Used by one thread at a time.
 */
public final class PageNames {
    public static final int SECRET_BYTES = Gmac.KEY_BYTES;

    private final Gmac gmac;
    private final ByteBuffer name = ByteBuffer.allocate(PageName.BYTES);

    /** @param secret {@link #SECRET_BYTES} */
    public PageNames(byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
        }
        this.gmac = Gmac.of(secret);
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
        gmac.tag(page, name.clear());
        return PageName.read(name.flip());
    }
}
