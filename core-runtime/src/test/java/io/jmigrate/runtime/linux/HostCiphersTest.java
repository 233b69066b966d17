package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCiphersTest {
    private static final String CHACHA = "ChaCha20-Poly1305";
    private final Random random = new Random(1);
    private Provider provider;

    @BeforeEach
    void find() {
        assumeTrue(HostCiphers.provider().isPresent(), "the host has no OpenSSL 3");
        provider = HostCiphers.provider().orElseThrow();
    }

    private byte[] some(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return some;
    }

    private static AlgorithmParameterSpec parameters(String name, byte[] nonce) {
        return name.equals(CHACHA) ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce);
    }

    private static Cipher initialized(Cipher cipher, int mode, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        String name = cipher.getAlgorithm();
        cipher.init(mode, new SecretKeySpec(key, name.equals(CHACHA) ? "ChaCha20" : "AES"), parameters(name, nonce));
        return cipher;
    }

    @ParameterizedTest
    @CsvSource({CHACHA + ", 32", "AES/GCM/NoPadding, 16", "AES/GCM/NoPadding, 32"})
    void doesAsTheJdkDoes(String name, int keyBytes) throws GeneralSecurityException {
        for (int bytes : new int[] {0, 1, 15, 16, 17, 4096, 65536, 200_000}) {
            byte[] key = some(keyBytes);
            byte[] nonce = some(12);
            byte[] message = some(bytes);
            byte[] associated = some(bytes % 40);
            Cipher ours = initialized(Cipher.getInstance(name, provider), Cipher.ENCRYPT_MODE, key, nonce);
            Cipher theirs = initialized(Cipher.getInstance(name, "SunJCE"), Cipher.ENCRYPT_MODE, key, nonce);
            ours.updateAAD(associated);
            theirs.updateAAD(ByteBuffer.wrap(associated));
            byte[] sealed = ours.doFinal(message);
            assertThat(sealed).isEqualTo(theirs.doFinal(message));
            initialized(ours, Cipher.DECRYPT_MODE, key, nonce).updateAAD(ByteBuffer.wrap(associated));
            assertThat(ours.doFinal(sealed)).isEqualTo(message);
        }
    }

    @Test
    void doesAsRfc8439Says() throws GeneralSecurityException {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        Cipher cipher = initialized(
                Cipher.getInstance(CHACHA, provider),
                Cipher.ENCRYPT_MODE,
                key,
                hex.parseHex("070000004041424344454647"));
        cipher.updateAAD(hex.parseHex("50515253c0c1c2c3c4c5c6c7"));
        byte[] sealed =
                cipher.doFinal(("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
                                + "the future, sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(hex.formatHex(sealed))
                .startsWith("d31a8d34648e60db7b86afbc53ef7ec2")
                .endsWith("1ae10b594f09e26a7e902ecbd0600691");
    }

    @Test
    void takesPiecesAndBuffersOfEveryKindAndInPlace() throws GeneralSecurityException {
        byte[] key = some(32);
        byte[] nonce = some(12);
        byte[] message = some(1000);
        Cipher cipher = initialized(Cipher.getInstance(CHACHA, provider), Cipher.ENCRYPT_MODE, key, nonce);
        byte[] sealed = cipher.doFinal(message);

        initialized(cipher, Cipher.ENCRYPT_MODE, key, nonce);
        assertThat(cipher.update(message, 0, 400)).isEmpty();
        assertThat(cipher.doFinal(message, 400, 600)).isEqualTo(sealed);

        ByteBuffer place = ByteBuffer.allocateDirect(2000).put(message).flip();
        ByteBuffer output = place.duplicate().clear();
        initialized(cipher, Cipher.ENCRYPT_MODE, key, nonce);
        assertThat(cipher.doFinal(place, output)).isEqualTo(1016);
        assertThat(output.flip()).isEqualTo(ByteBuffer.wrap(sealed));

        initialized(cipher, Cipher.DECRYPT_MODE, key, nonce);
        assertThat(cipher.doFinal(sealed, 0, sealed.length, sealed, 0)).isEqualTo(1000);
        assertThat(Arrays.copyOf(sealed, 1000)).isEqualTo(message);
    }

    @Test
    void givesNothingOfAMessageThatWasChanged() throws GeneralSecurityException {
        byte[] key = some(32);
        byte[] nonce = some(12);
        Cipher cipher = initialized(Cipher.getInstance(CHACHA, provider), Cipher.ENCRYPT_MODE, key, nonce);
        byte[] sealed = cipher.doFinal(some(100));
        for (byte[] bad :
                new byte[][] {flipped(sealed, 5), flipped(sealed, 110), Arrays.copyOf(sealed, 99), new byte[3]}) {
            initialized(cipher, Cipher.DECRYPT_MODE, key, nonce);
            ByteBuffer output = ByteBuffer.allocate(200);
            assertThatThrownBy(() -> cipher.doFinal(ByteBuffer.wrap(bad), output))
                    .isInstanceOf(AEADBadTagException.class);
            assertThat(output.array()).containsOnly(0);
        }
        initialized(cipher, Cipher.DECRYPT_MODE, key, nonce);
        cipher.updateAAD(new byte[1]);
        assertThatThrownBy(() -> cipher.doFinal(sealed)).isInstanceOf(AEADBadTagException.class);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    @Test
    void usesNoNonceTwiceAndNoBufferThatIsTooShort() throws GeneralSecurityException {
        byte[] key = some(32);
        Cipher cipher = initialized(Cipher.getInstance(CHACHA, provider), Cipher.ENCRYPT_MODE, key, some(12));
        assertThatThrownBy(() -> cipher.doFinal(ByteBuffer.allocate(10), ByteBuffer.allocate(25)))
                .isInstanceOf(ShortBufferException.class);
        cipher.doFinal(new byte[10]);
        assertThatThrownBy(() -> cipher.doFinal(new byte[10])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> initialized(cipher, Cipher.ENCRYPT_MODE, some(31), some(12)))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> initialized(cipher, Cipher.ENCRYPT_MODE, key, some(8)))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
