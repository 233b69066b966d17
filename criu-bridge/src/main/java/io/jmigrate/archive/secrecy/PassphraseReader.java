package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what {@link PassphraseStanza} writes, as strictly as the format says: nothing may stand beside it. */
record PassphraseReader(Passphrase passphrase) implements RecipientStanzaReader {
    private static final int ENCRYPTED_KEY_BYTES = 32;
    private static final Pattern SALT = Pattern.compile("[A-Za-z0-9+/]{22}");
    private static final Pattern WORK_FACTOR = Pattern.compile("[1-9][0-9]?");

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        List<RecipientStanza> all = new ArrayList<>();
        stanzas.forEach(all::add);
        if (all.stream().noneMatch(stanza -> stanza.getType().equals(PassphraseStanza.TYPE))) {
            throw new UnsupportedRecipientStanzaException("no passphrase opens it");
        }
        if (all.size() != 1) {
            throw new MalformedStanzaException("a passphrase is not its only key");
        }
        return fileKey(all.getFirst());
    }

    private FileKey fileKey(RecipientStanza stanza) throws GeneralSecurityException {
        List<String> arguments = stanza.getArguments();
        if (arguments.size() != 2
                || !SALT.matcher(arguments.getFirst()).matches()
                || !WORK_FACTOR.matcher(arguments.getLast()).matches()
                || stanza.getBody().length != ENCRYPTED_KEY_BYTES) {
            throw new MalformedStanzaException("what stands for its passphrase is malformed");
        }
        int workFactor = Integer.parseInt(arguments.getLast());
        if (workFactor > ScryptKey.WORK_FACTOR_MAX) {
            throw new WorkFactorException(workFactor);
        }
        return new FileKeyDecryptorFactory()
                .newFileKeyDecryptor()
                .getFileKey(
                        new EncryptedFileKey(stanza.getBody()),
                        ScryptKey.of(passphrase, salt(arguments.getFirst()), workFactor));
    }

    private static byte[] salt(String base64) throws MalformedStanzaException {
        try {
            return CanonicalBase64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (RuntimeException e) {
            throw new MalformedStanzaException("the salt of its passphrase is malformed");
        }
    }

    /** Not what the format says. */
    static final class MalformedStanzaException extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;

        MalformedStanzaException(String what) {
            super(what);
        }
    }

    /** Well-formed, and more than this program has memory for. */
    static final class WorkFactorException extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;

        WorkFactorException(int workFactor) {
            super("has a passphrase of work factor " + workFactor + ", and more than " + ScryptKey.WORK_FACTOR_MAX
                    + " takes too much memory");
        }
    }
}
