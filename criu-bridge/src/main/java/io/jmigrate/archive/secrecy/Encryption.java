package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.EncryptingChannelFactory;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.HostCiphers;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** For whom an archive is encrypted. All that takes long or can be wrong is done when one is made. */
public final class Encryption {
    /** The header has to fit into one buffer of the library, and each recipient takes 100 bytes of it. */
    public static final int RECIPIENTS_MAX = 100;

    private final List<RecipientStanzaWriter> writers;

    private Encryption(List<RecipientStanzaWriter> writers) {
        this.writers = writers;
    }

    /**
     * Each of these will be able to read it.
     *
     * @param recipients 1 to {@link #RECIPIENTS_MAX}
     */
    public static Encryption of(List<Recipient> recipients) {
        if (recipients.isEmpty() || recipients.size() > RECIPIENTS_MAX) {
            throw new IllegalArgumentException("1 to " + RECIPIENTS_MAX + " recipients, not " + recipients.size());
        }
        return new Encryption(recipients.stream().map(Recipient::writer).toList());
    }

    /**
     * Whoever knows the passphrase will be able to read it.
     *
     * @param file with one line, which others can't read
     * @throws Failure KEY_EXPOSED, KEY_UNUSABLE
     */
    public static Encryption withPassphrase(Path file) {
        return with(Passphrase.read(file), ScryptKey.WORK_FACTOR);
    }

    static Encryption with(Passphrase passphrase, int workFactor) {
        return new Encryption(List.of(PassphraseStanza.of(passphrase, workFactor)));
    }

    /**
     * A stream that encrypts into another. Closing it writes the end, and closes the other.
     *
     * @throws IOException if the header can't be written
     */
    public WritableByteChannel encrypting(WritableByteChannel out) throws IOException {
        try {
            EncryptingChannelFactory channels = HostCiphers.provider()
                    .map(StandardEncryptingChannelFactory::new)
                    .orElseGet(StandardEncryptingChannelFactory::new);
            return channels.newEncryptingChannel(out, List.copyOf(writers));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of the archive can't be encrypted", e);
        }
    }
}
