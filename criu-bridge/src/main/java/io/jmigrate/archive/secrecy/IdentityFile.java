package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.jmigrate.archive.integrity.SecretFile;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A file with identities of age, one a line; lines that begin with # say something about them. */
final class IdentityFile {
    private static final List<String> ENCRYPTED = List.of("age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE");

    private IdentityFile() {}

    /** @throws Failure KEY_EXPOSED, KEY_UNUSABLE */
    static List<RecipientStanzaReader> read(Path path) {
        SecretFile file = new SecretFile(path, "identity file");
        file.requirePrivate();
        String text = new String(file.content(), StandardCharsets.ISO_8859_1);
        if (ENCRYPTED.stream().anyMatch(text::startsWith)) {
            throw file.unusable("it is encrypted, and nobody is asked for its passphrase");
        }
        List<RecipientStanzaReader> identities = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                identities.add(identity(file, i + 1, line));
            }
        }
        if (identities.isEmpty()) {
            throw file.unusable("it holds no identity");
        }
        return identities;
    }

    /** The line itself is in no message: it may be a secret all the same. */
    private static RecipientStanzaReader identity(SecretFile file, int number, String line) {
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw file.unusable("line " + number + " is no identity of age's own kind (AGE-SECRET-KEY-1…)");
        }
    }
}
