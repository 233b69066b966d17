package io.jmigrate.migration.report;

import io.jmigrate.runtime.failure.Failure;
import java.util.Objects;
import java.util.Optional;

/** What became of one of several migrations. */
public sealed interface MigrationOutcome {
    /** The container's id. */
    String container();

    /** How it failed; empty if it did not. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** It runs at the destination. */
    record Moved(MigrationResult result) implements MigrationOutcome {
        public Moved {
            Objects.requireNonNull(result);
        }

        @Override
        public String container() {
            return result.container();
        }
    }

    /**
     * It failed.
     *
     * @param why its message says where the container is
     */
    record Failed(String container, Failure why) implements MigrationOutcome {
        public Failed {
            Objects.requireNonNull(container);
            Objects.requireNonNull(why);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(why);
        }
    }

    /** It was not begun, as all were given up before. */
    record NotBegun(String container) implements MigrationOutcome {
        public NotBegun {
            Objects.requireNonNull(container);
        }
    }
}
