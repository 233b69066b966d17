package io.jmigrate.archive.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.integrity.KeyCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecrecyTest {
    private static final int CHUNK_BYTES = 64 << 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000})
    void givesBackWhatWasEncryptedForAnyOfItsRecipients(int length) throws IOException {
        Identity one = Identity.in(directory, "one");
        Identity other = Identity.in(directory, "other");
        byte[] plain = new byte[length];
        Arrays.fill(plain, (byte) 7);
        byte[] file = encrypted(plain, Encryption.of(List.of(one.recipient(), other.recipient())));

        assertThat(decrypted(file, one.decryption())).isEqualTo(plain);
        assertThat(decrypted(file, other.decryption())).isEqualTo(plain);
        assertThatThrownBy(() -> decrypted(file, Identity.in(directory, "third").decryption()))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void anyIdentityOfAFileWillDo() throws IOException {
        Identity one = Identity.in(directory, "one");
        Identity other = Identity.in(directory, "other");
        byte[] file = encrypted(new byte[10], Encryption.of(List.of(other.recipient())));
        Path both = Identity.secret(
                directory.resolve("both"), Files.readString(one.file()) + "\n" + Files.readString(other.file()));
        assertThat(decrypted(file, Decryption.withIdentities(both))).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"horse", "horse\n", "horse\r\n"})
    void givesBackWhatWasEncryptedWithAPassphrase(String content) throws IOException {
        Path right = Identity.secret(directory.resolve("right"), content);
        Path wrong = Identity.secret(directory.resolve("wrong"), "hors");
        byte[] file = encrypted(new byte[10], QuickPassphrase.encryption("horse"));
        assertThat(decrypted(file, Decryption.withPassphrase(right))).hasSize(10);
        assertThatThrownBy(() -> decrypted(file, Decryption.withPassphrase(wrong)))
                .isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> decrypted(file, Identity.in(directory, "some").decryption()))
                .isInstanceOf(WrongKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "19,has a passphrase of work factor 19,' and more than 18 takes too much memory'",
        "04,what stands for its passphrase is malformed,''",
        "100,what stands for its passphrase is malformed,''",
        "4 4,what stands for its passphrase is malformed,''",
    })
    void aPassphraseIsNotTriedWithWhatNobodyWrites(String workFactor, String why, String more) throws IOException {
        Path right = Identity.secret(directory.resolve("right"), "horse");
        byte[] file = encrypted(new byte[10], QuickPassphrase.encryption("horse"));
        byte[] changed = new String(file, StandardCharsets.ISO_8859_1)
                .replaceFirst("(-> scrypt \\S+) 4\n", "$1 " + workFactor + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> decrypted(changed, Decryption.withPassphrase(right)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(WrongKeyException.class)
                .hasMessageStartingWith(why)
                .hasMessageEndingWith(more);
    }

    @Test
    void aReadThatFailedFailsForEver() throws IOException {
        Identity one = Identity.in(directory, "one");
        byte[] file = encrypted(new byte[3 * CHUNK_BYTES], Encryption.of(List.of(one.recipient())));
        file[file.length / 2] ^= 1;
        try (InputStream in = one.decryption().decrypting(new ByteArrayInputStream(file))) {
            assertThat(in.readNBytes(CHUNK_BYTES)).hasSize(CHUNK_BYTES);
            assertThatThrownBy(() -> in.readNBytes(CHUNK_BYTES))
                    .hasMessage("a piece of what was encrypted was changed, is missing or was added");
            assertThatThrownBy(in::read).hasMessage("what was encrypted can't be read any further");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',it is empty",
        "'\n',it is empty",
        "'a\nb\n',it has more than one line",
    })
    void aPassphraseIsOneLine(String content, String why) throws IOException {
        Path file = Identity.secret(directory.resolve("phrase"), content);
        assertUnusable(() -> Decryption.withPassphrase(file), "passphrase file " + file + " can't be used: " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "'',it holds no identity",
        "'# only a comment\n',it holds no identity",
        "'\nAGE-SECRET-KEY-1WRONG\n',line 2 is no identity of age's own kind (AGE-SECRET-KEY-1…)",
        "'age-encryption.org/v1\n','it is encrypted, and nobody is asked for its passphrase'",
    })
    void whatIsNoIdentityIsNamed(String content, String why) throws IOException {
        Path file = Identity.secret(directory.resolve("identity"), content);
        assertUnusable(() -> Decryption.withIdentities(file), "identity file " + file + " can't be used: " + why);
    }

    @Test
    void aSecretThatOthersCanReadIsRefused() throws IOException {
        Path file = Identity.secret(directory.resolve("secret"), "horse");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> Decryption.withIdentities(file),
                () -> Decryption.withPassphrase(file),
                () -> Encryption.withPassphrase(file))) {
            assertThatThrownBy(use)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(KeyCode.KEY_EXPOSED))
                    .hasMessageEndingWith(file + " is open to others: its permissions are rw-r-----");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "age1",
                "ssh-ed25519 AAAA",
                "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t"
            })
    void whatIsNoRecipientIsRefused(String text) {
        assertThatThrownBy(() -> Recipient.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is no recipient of age's own kind");
    }

    private static void assertUnusable(ThrowingCallable use, String message) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(KeyCode.KEY_UNUSABLE))
                .hasMessage(message);
    }

    static byte[] encrypted(byte[] plain, Encryption encryption) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WritableByteChannel out = encryption.encrypting(Channels.newChannel(bytes))) {
            out.write(ByteBuffer.wrap(plain));
        }
        return bytes.toByteArray();
    }

    private static byte[] decrypted(byte[] file, Decryption decryption) throws IOException {
        try (InputStream in = decryption.decrypting(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        }
    }
}
