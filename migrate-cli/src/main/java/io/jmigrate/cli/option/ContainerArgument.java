package io.jmigrate.cli.option;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/** The argument that names a container. */
public final class ContainerArgument {
    private static final String LABEL = "CONTAINER";
    private static final String DESCRIPTION = "The container's id.";

    private Optional<String> text = Optional.empty();

    /** Adds the argument. */
    public Declaration declare(Declaration verb) {
        return verb.argument(LABEL, DESCRIPTION, word -> word, value -> text = Optional.of(value));
    }

    /** Adds it as one that may be left out. @param otherwise what is meant then, in parentheses */
    public Declaration declareOptional(Declaration verb, String otherwise) {
        return verb.optionalArgument(
                LABEL, DESCRIPTION + " " + otherwise, word -> word, value -> text = Optional.of(value));
    }

    /** Whether one is named. */
    public boolean isGiven() {
        return text.isPresent();
    }

    /** @throws Failure INVALID_ID, USAGE if it was left out */
    public ContainerId id() {
        return ContainerId.of(text.orElseThrow(() -> Failure.of(OptionCode.USAGE, LABEL + " is missing")));
    }
}
