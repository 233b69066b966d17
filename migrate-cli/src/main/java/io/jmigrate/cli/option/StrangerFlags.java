package io.jmigrate.cli.option;

import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.criu.confine.ConfinedPart;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Whose archives are believed, and what the images of others may have more than the bundle gives. */
public final class StrangerFlags {
    private final Set<ConfinedPart> allowed = EnumSet.noneOf(ConfinedPart.class);
    private Optional<Path> trusted = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--trust",
                        "PUBFILE",
                        "Refuse an imported file that the owner of the public Ed25519 key in PUBFILE (PEM) has not signed.",
                        Path::of,
                        value -> trusted = Optional.of(value))
                .repeated(
                        "--allow-images",
                        "PART,...",
                        "In what the images of a file that nobody vouches for may exceed the bundle: "
                                + Choice.words(ConfinedPart.class) + ".",
                        list -> Choices.of(ConfinedPart.class, list),
                        parts -> allowed.addAll(parts.set()));
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param command that the options are of
     * @param imports whether there is an archive
     */
    public void check(String command, boolean imports) {
        if (trusted.isPresent() && !imports) {
            throw Failure.of(OptionCode.USAGE, command + ": --trust needs an exported file: only such can be signed");
        }
        if (!allowed.isEmpty() && (trusted.isPresent() || !imports)) {
            throw Failure.of(
                    OptionCode.USAGE,
                    command + ": --allow-images is for an exported file without --trust: else images are believed");
        }
    }

    /** @param resolve relates a path to the caller's directory */
    public Optional<TrustedKey> key(UnaryOperator<Path> resolve) {
        return trusted.map(resolve).map(TrustedKey::read);
    }

    /** Whether the maker of an archive is known, and its images are believed. */
    public boolean isTrusted() {
        return trusted.isPresent();
    }

    /** The terms of a restore from an archive. */
    public RestoreTerms ofArchive(RestoreTerms terms) {
        return isTrusted() ? terms : terms.withStrangers(allowed);
    }
}
