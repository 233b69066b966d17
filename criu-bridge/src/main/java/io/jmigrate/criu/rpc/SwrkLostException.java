package io.jmigrate.criu.rpc;

import java.time.Duration;
import java.util.Optional;

/** The CRIU process ended, broke off, or was ended as it showed no sign of life or waited in vain, before it had answered. */
public final class SwrkLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> silence;

    SwrkLostException(String message, Throwable cause) {
        super(message, cause);
        this.silence = Optional.empty();
    }

    /** @param silence after which it was ended */
    SwrkLostException(Duration silence) {
        super("CRIU showed no sign of life for " + silence.toSeconds() + " s and was ended");
        this.silence = Optional.of(silence);
    }

    /** How long it had shown no sign of life, if it was ended for that. */
    public Optional<Duration> silence() {
        return silence;
    }
}
