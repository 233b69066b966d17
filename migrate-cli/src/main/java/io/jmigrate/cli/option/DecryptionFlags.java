package io.jmigrate.cli.option;

import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** With what an archive is decrypted that a command reads. */
public final class DecryptionFlags {
    private Optional<Path> identities = Optional.empty();
    private Optional<Path> passphrase = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--identity",
                        "FILE",
                        "Decrypt the archive with an identity in FILE, as age-keygen writes it.",
                        Path::of,
                        value -> identities = Optional.of(value))
                .option(
                        "--passphrase-file",
                        "FILE",
                        "Decrypt the archive with the passphrase in FILE, its only line.",
                        Path::of,
                        value -> passphrase = Optional.of(value));
    }

    /** Whether any was given. */
    public boolean given() {
        return identities.isPresent() || passphrase.isPresent();
    }

    /**
     * What was given; reads the file.
     *
     * @param resolve relates a path to the caller's directory
     * @throws Failure USAGE, or what is wrong with the file
     */
    public Optional<Decryption> decryption(UnaryOperator<Path> resolve) {
        if (identities.isPresent() && passphrase.isPresent()) {
            throw Failure.of(OptionCode.USAGE, "--identity and --passphrase-file exclude each other");
        }
        return identities.map(resolve).map(Decryption::withIdentities).or(() -> passphrase
                .map(resolve)
                .map(Decryption::withPassphrase));
    }
}
