package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.HostCiphers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;

/** With what an encrypted archive is read. */
public final class Decryption {
    private static final byte[] START = "age-encryption.org/".getBytes(StandardCharsets.US_ASCII);

    private final String means;
    private final List<RecipientStanzaReader> readers;

    private Decryption(String means, List<RecipientStanzaReader> readers) {
        this.means = means;
        this.readers = readers;
    }

    /**
     * With identities as {@code age-keygen} writes them: lines, of which any may be the right one.
     *
     * @throws Failure KEY_EXPOSED, KEY_UNUSABLE
     */
    public static Decryption withIdentities(Path file) {
        return new Decryption("an identity in " + file, IdentityFile.read(file));
    }

    /**
     * With the passphrase in a file.
     *
     * @throws Failure KEY_EXPOSED, KEY_UNUSABLE
     */
    public static Decryption withPassphrase(Path file) {
        return new Decryption("the passphrase in " + file, List.of(new PassphraseReader(Passphrase.read(file))));
    }

    /** How many bytes of the start of a file tell whether it is encrypted. */
    public static int startBytes() {
        return START.length;
    }

    /** Whether a file that starts so is encrypted. */
    public static boolean isNeededFor(byte[] start) {
        return Arrays.equals(start, START);
    }

    /** What it is, for messages: "the passphrase in FILE". */
    public String means() {
        return means;
    }

    /**
     * A stream that decrypts another and closes it. Whatever was changed, is missing or was added is found before it is handed on; a read
     * that fails once fails for ever.
     *
     * @throws WrongKeyException if this is not what it was encrypted for
     * @throws CostlyPassphraseException if the file asks for more memory than is given to a passphrase
     * @throws IOException if the start of the file is no header of the format, or was changed
     */
    public InputStream decrypting(InputStream in) throws IOException {
        try {
            DecryptingChannelFactory channels = HostCiphers.provider()
                    .map(StandardDecryptingChannelFactory::new)
                    .orElseGet(StandardDecryptingChannelFactory::new);
            return new DecryptedInput(channels.newDecryptingChannel(Channels.newChannel(in), List.of(this::fileKey)));
        } catch (UnsupportedRecipientStanzaException e) {
            throw new WrongKeyException(e);
        } catch (PassphraseReader.WorkFactorException e) {
            throw new CostlyPassphraseException(e);
        } catch (PassphraseReader.MalformedStanzaException e) {
            throw new IOException(e.getMessage(), e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("the start of the encrypted file was changed or is missing", e);
        }
    }

    /** The first that one of the readers can open, so that what the library says afterwards is about the file. */
    private FileKey fileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        UnsupportedRecipientStanzaException none = new UnsupportedRecipientStanzaException("for none of these");
        for (RecipientStanzaReader reader : readers) {
            try {
                return reader.getFileKey(stanzas);
            } catch (UnsupportedRecipientStanzaException | AEADBadTagException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }
}
