package io.jmigrate.doctor;

import io.jmigrate.criu.feature.CriuFeatures;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The CRIU of a host. */
public sealed interface CriuFacts {
    /**
     * One that works with this program.
     *
     * @param program its file
     * @param version numbers with dots
     * @param features what it says that the kernel can do; empty if it says nothing
     */
    record Usable(Path program, String version, Optional<CriuFeatures> features) implements CriuFacts {
        public Usable {
            Objects.requireNonNull(program);
            Objects.requireNonNull(version);
            Objects.requireNonNull(features);
        }
    }

    /**
     * None, or one that is too old.
     *
     * @param reason a sentence
     */
    record Unusable(String reason) implements CriuFacts {
        public Unusable {
            Objects.requireNonNull(reason);
        }
    }
}
