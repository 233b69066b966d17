package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What is said about specs that are not taken. */
final class Refusals {
    private Refusals() {}

    /** The problems of the default spec with changes, one a line. */
    static List<String> of(Path bundle, Consumer<ObjectNode> change) {
        Bundles.with(bundle, change);
        Failure failure = catchThrowableOfType(Failure.class, () -> Configs.load(bundle));
        assertThat(failure).as("a refusal").isNotNull();
        return failure.details();
    }
}
