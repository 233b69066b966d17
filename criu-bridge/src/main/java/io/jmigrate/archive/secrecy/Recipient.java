package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;

/** Somebody who will be able to read an archive: the public half of an identity. */
public final class Recipient {
    private final RecipientStanzaWriter writer;

    private Recipient(RecipientStanzaWriter writer) {
        this.writer = writer;
    }

    /**
     * Reads a recipient as {@code age-keygen} prints it: {@code age1} and 58 letters and digits (Bech32).
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Recipient of(String text) {
        try {
            return new Recipient(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no recipient of age's own kind (age1…, as age-keygen prints it)", e);
        }
    }

    RecipientStanzaWriter writer() {
        return writer;
    }
}
