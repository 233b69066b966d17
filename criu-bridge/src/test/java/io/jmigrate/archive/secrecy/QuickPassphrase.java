package io.jmigrate.archive.secrecy;

import java.nio.charset.StandardCharsets;

/** A passphrase that is tried fast. */
public final class QuickPassphrase {
    private static final int WORK_FACTOR = 4;

    private QuickPassphrase() {}

    public static Encryption encryption(String passphrase) {
        return Encryption.with(new Passphrase(passphrase.getBytes(StandardCharsets.UTF_8)), WORK_FACTOR);
    }
}
