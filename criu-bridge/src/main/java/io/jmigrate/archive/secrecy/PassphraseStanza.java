package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/** Writes an archive's key under a passphrase: the stanza {@code -> scrypt SALT WORK-FACTOR}, the only one of its header. */
final class PassphraseStanza implements RecipientStanzaWriter {
    static final String TYPE = "scrypt";

    private final List<String> arguments;
    private final CipherKey key;

    private PassphraseStanza(List<String> arguments, CipherKey key) {
        this.arguments = arguments;
        this.key = key;
    }

    /** Derives the key now, for that takes long, and a container may be frozen later. */
    static PassphraseStanza of(Passphrase passphrase, int workFactor) {
        byte[] salt = new byte[ScryptKey.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        List<String> arguments =
                List.of(CanonicalBase64.getEncoder().encodeToString(salt), Integer.toString(workFactor));
        return new PassphraseStanza(arguments, ScryptKey.of(passphrase, salt, workFactor));
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] body = new FileKeyEncryptorFactory()
                .newFileKeyEncryptor()
                .getEncryptedFileKey(fileKey, key)
                .getEncoded();
        return List.of(new Stanza(TYPE, arguments, body));
    }

    private record Stanza(String type, List<String> arguments, byte[] body) implements RecipientStanza {
        @Override
        public String getType() {
            return type;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }
}
