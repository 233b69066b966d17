package io.jmigrate.cli.option;

import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.archive.secrecy.Recipient;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** For whom an archive is encrypted that a command writes. */
public final class EncryptionFlags {
    private final List<Recipient> recipients = new ArrayList<>();
    private Optional<Path> passphrase = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.repeated(
                        "--encrypt",
                        "RECIPIENT",
                        "Encrypt the exported file for RECIPIENT (age1..., as age-keygen prints it); may be given more than once.",
                        Recipient::of,
                        recipients::add)
                .option(
                        "--passphrase-file",
                        "FILE",
                        "Encrypt the exported file with the passphrase in FILE, its only line.",
                        Path::of,
                        value -> passphrase = Optional.of(value));
    }

    /** Whether any was given. */
    public boolean given() {
        return passphrase.isPresent() || !recipients.isEmpty();
    }

    /**
     * What was asked for; reads the file.
     *
     * @param resolve relates a path to the caller's directory
     * @throws Failure USAGE, or what is wrong with the file
     */
    public Optional<Encryption> encryption(UnaryOperator<Path> resolve) {
        if (passphrase.isPresent() && !recipients.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --encrypt and --passphrase-file exclude each other");
        }
        if (recipients.size() > Encryption.RECIPIENTS_MAX) {
            throw Failure.of(
                    OptionCode.USAGE, "checkpoint: --encrypt: more than " + Encryption.RECIPIENTS_MAX + " recipients");
        }
        return recipients.isEmpty()
                ? passphrase.map(resolve).map(Encryption::withPassphrase)
                : Optional.of(Encryption.of(recipients));
    }
}
