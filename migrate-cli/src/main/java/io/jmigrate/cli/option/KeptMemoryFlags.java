package io.jmigrate.cli.option;

import io.jmigrate.migration.plan.KeptTerms;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a node keeps of containers that leave it. */
public final class KeptMemoryFlags {
    /** Less holds nothing: room is given out in pieces of 16 MiB. */
    private static final long BYTES_MIN = 64L << 20;

    private Optional<Path> directory = Optional.empty();
    private Optional<Long> bytes = Optional.empty();
    private Optional<Duration> age = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--kept-memory",
                        "DIR",
                        "Keep the memory of containers that leave this node in DIR, so that they come back with what has changed; what "
                                + "they hold stays on this disk meanwhile (default: nothing is kept).",
                        Path::of,
                        value -> directory = Optional.of(value))
                .option(
                        "--kept-memory-size",
                        "SIZE",
                        "What that may take, 64MiB at least; what was kept first goes first (default: 4GiB).",
                        KeptMemoryFlags::size,
                        value -> bytes = Optional.of(value))
                .option(
                        "--kept-memory-age",
                        "DURATION",
                        "How long it is kept (default: 24h).",
                        Interval::of,
                        value -> age = Optional.of(value));
    }

    private static Long size(String text) {
        long bytes = Bytes.orUnlimited(text);
        if (bytes < BYTES_MIN) {
            throw new IllegalArgumentException("\"" + text + "\" is not 64MiB or more");
        }
        return bytes;
    }

    /**
     * What was asked for.
     *
     * @param insecure whether nobody has a certificate
     * @param resolve relates a path to the caller's directory
     * @throws Failure USAGE
     */
    public Optional<KeptTerms> terms(boolean insecure, UnaryOperator<Path> resolve) {
        if (directory.isEmpty() && (bytes.isPresent() || age.isPresent())) {
            throw Failure.of(OptionCode.USAGE, "--kept-memory-size and --kept-memory-age need --kept-memory DIR");
        }
        if (directory.isPresent() && insecure) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--kept-memory needs certificates, by which it is known where a container went; not with --insecure");
        }
        return directory.map(path -> new KeptTerms(
                resolve.apply(path).toAbsolutePath().normalize(),
                bytes.orElse(KeptTerms.DEFAULT_BYTES_MAX),
                age.orElse(KeptTerms.DEFAULT_AGE)));
    }
}
