package io.jmigrate.archive.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private PairOfKeys keys;

    @BeforeEach
    void make() throws IOException {
        keys = PairOfKeys.in(directory, "keys");
    }

    @Test
    void theOtherHalfKnowsItsSignature() throws IOException {
        byte[] signature = keys.signing().sign(MESSAGE);
        assertThat(signature).hasSize(64);
        assertThat(keys.trusted().hasSigned(MESSAGE, signature)).isTrue();
        assertThat(PairOfKeys.in(directory, "others").trusted().hasSigned(MESSAGE, signature))
                .isFalse();
    }

    /** The second example of RFC 8032, section 7.1, with its key as openssl 3.0 writes it. */
    @Test
    void signsAsTheStandardDoes() throws IOException {
        byte[] seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] head = HexFormat.of().parseHex("302e020100300506032b657004220420");
        byte[] der = Arrays.copyOf(head, head.length + seed.length);
        System.arraycopy(seed, 0, der, head.length, seed.length);
        Files.writeString(keys.secret(), PairOfKeys.pem("PRIVATE KEY", der));
        assertThat(HexFormat.of().formatHex(keys.signing().sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void noBitOfMessageOrSignatureMayDiffer() {
        byte[] signature = keys.signing().sign(MESSAGE);
        TrustedKey key = keys.trusted();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            assertThat(key.hasSigned(MESSAGE, flipped(signature, bit))).isFalse();
        }
        for (int bit = 0; bit < MESSAGE.length * 8; bit++) {
            assertThat(key.hasSigned(flipped(MESSAGE, bit), signature)).isFalse();
        }
        for (int length : new int[] {0, 1, 63, 65, 1000}) {
            assertThat(key.hasSigned(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        return other;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x--x"})
    void aPrivateKeyIsItsOwnersAlone(String permissions) throws IOException {
        Files.setPosixFilePermissions(keys.secret(), PosixFilePermissions.fromString(permissions));
        assertFails(
                KeyCode.KEY_EXPOSED,
                "private key " + keys.secret() + " is open to others: its permissions are " + permissions,
                keys::signing);
    }

    @Test
    void aPublicKeyMayBeReadByAll() throws IOException {
        Files.setPosixFilePermissions(keys.open(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keys.trusted().file()).isEqualTo(keys.open());
    }

    @Test
    void whatCanNotBeReadIsNoKey() throws IOException {
        Files.delete(keys.open());
        assertUnusable("it can't be read: no such file or directory");
        Files.createDirectory(keys.open());
        assertUnusable("it is not a file");
    }

    @Test
    void whatIsNoPemIsNoKey() throws IOException {
        Files.write(keys.open(), new byte[0]);
        assertUnusable("it holds no key in PEM");
        Files.write(keys.open(), new byte[] {(byte) 0xff, 0, '\n', 7});
        assertUnusable("it holds no key in PEM");
        Files.writeString(keys.open(), "-----BEGIN PUBLIC KEY-----\n!§$%&\n-----END PUBLIC KEY-----\n");
        assertUnusable("its PEM is damaged");
        Files.write(keys.open(), new byte[70_000]);
        assertUnusable("it has more than 65536 bytes");
    }

    @Test
    void theHalvesAreNotMistakenForEachOther() throws IOException {
        assertFails(
                KeyCode.KEY_UNUSABLE,
                "key " + keys.secret() + " can't be used: it is a private key, and a public one is needed",
                () -> TrustedKey.read(keys.secret()));
        Files.setPosixFilePermissions(keys.open(), PosixFilePermissions.fromString("rw-------"));
        assertFails(
                KeyCode.KEY_UNUSABLE,
                "key " + keys.open() + " can't be used: it is a public key, and a private one is needed",
                () -> SigningKey.read(keys.open()));
        Files.writeString(keys.open(), PairOfKeys.pem("CERTIFICATE", new byte[10]));
        assertUnusable("it holds something else than a \"PUBLIC KEY\"");
        Files.writeString(keys.secret(), PairOfKeys.pem("ENCRYPTED PRIVATE KEY", new byte[10]));
        assertFails(
                KeyCode.KEY_UNUSABLE,
                "key " + keys.secret() + " can't be used: it is encrypted, and nobody is asked for its passphrase",
                keys::signing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed448", "X25519", "EC"})
    void otherKindsOfKeysAreRefused(String algorithm) throws IOException {
        PairOfKeys others = PairOfKeys.in(directory, "others", algorithm);
        String sentence = " can't be used: it is not a key of Ed25519";
        assertFails(KeyCode.KEY_UNUSABLE, "key " + others.secret() + sentence, others::signing);
        assertFails(KeyCode.KEY_UNUSABLE, "key " + others.open() + sentence, others::trusted);
    }

    @Test
    void bytesThatAreNoPointOfTheCurveAreRefused() throws IOException {
        byte[] der =
                Base64.getMimeDecoder().decode(Files.readString(keys.open()).replaceAll("-----[A-Z ]+-----", ""));
        Arrays.fill(der, 12, 44, (byte) 0);
        der[12] = 2; // y = 2 has no x
        Files.writeString(keys.open(), PairOfKeys.pem("PUBLIC KEY", der));
        assertUnusable("it is not a key of Ed25519");
    }

    private void assertUnusable(String why) {
        assertFails(KeyCode.KEY_UNUSABLE, "key " + keys.open() + " can't be used: " + why, keys::trusted);
    }

    private static void assertFails(KeyCode code, String sentence, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(sentence);
    }
}
