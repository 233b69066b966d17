package io.jmigrate.runtime.linux;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** By the JDK. */
final class JdkGmac implements Gmac {
    private static final GCMParameterSpec NONCE =
            new GCMParameterSpec(TAG_BYTES * Byte.SIZE, new byte[Aead.NONCE_BYTES]);

    private final SecretKeySpec key;

    JdkGmac(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** A cipher takes no nonce twice, as one must not that encrypts: each message has one of its own. */
    @Override
    public void tag(ByteBuffer message, ByteBuffer tag) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, NONCE);
            cipher.updateAAD(message);
            tag.put(cipher.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES/GCM/NoPadding (Cipher)", e);
        }
    }
}
