package io.jmigrate.migration.plan;

import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a container is ended that is started anew elsewhere.
 *
 * @param signal by which its first process is asked to end; empty: the one that its config names, else SIGTERM
 * @param grace how long that may take before all of it is killed
 */
public record StopTerms(Optional<Signal> signal, Duration grace) {
    /** As podman and Docker do it. */
    public static final StopTerms USUAL = new StopTerms(Optional.empty(), Duration.ofSeconds(10));

    /** Where an image's stop signal is in a config (OCI image specification, conversion.md, "Config.StopSignal"). */
    public static final String ANNOTATION = "org.opencontainers.image.stopSignal";

    public StopTerms {
        Objects.requireNonNull(signal);
        Objects.requireNonNull(grace);
    }

    /** @param annotations of the config @return empty if that names a signal that does not exist */
    public Optional<Signal> signal(Map<String, String> annotations) {
        return signal.or(() -> Signal.parse(annotations.getOrDefault(ANNOTATION, Signal.TERM.name())));
    }
}
