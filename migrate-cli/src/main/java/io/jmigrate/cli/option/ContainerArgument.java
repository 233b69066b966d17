package io.jmigrate.cli.option;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/** The argument that names a container. */
public final class ContainerArgument {
    private static final String LABEL = "CONTAINER";
    private static final String DESCRIPTION = "The container's id.";

    private Optional<String> text = Optional.empty();
    private Optional<String> asOption = Optional.empty();

    /** Adds the argument. */
    public Declaration declare(Declaration verb) {
        return verb.argument(LABEL, DESCRIPTION, word -> word, value -> text = Optional.of(value));
    }

    /** Adds it as one that may be left out. @param otherwise what is meant then, in parentheses */
    public Declaration declareOptional(Declaration verb, String otherwise) {
        return verb.optionalArgument(
                LABEL, DESCRIPTION + " " + otherwise, word -> word, value -> text = Optional.of(value));
    }

    /** Adds an option that says the same, beside the argument that may be left out. */
    public void declareOption(Declaration verb) {
        verb.option(
                "--id",
                "NEW",
                "The same as " + LABEL + ": what the container is called from now on.",
                word -> word,
                value -> asOption = Optional.of(value));
    }

    /** @throws Failure USAGE if it is named in both ways, whether or not with the same name */
    public void check(String verb) {
        if (text.isPresent() && asOption.isPresent()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    verb + ": name the container once: as " + LABEL + " \"" + text.get() + "\", or --id "
                            + asOption.get());
        }
    }

    /** Whether one is named. */
    public boolean isGiven() {
        return text.or(() -> asOption).isPresent();
    }

    /** @throws Failure INVALID_ID, USAGE if it was left out */
    public ContainerId id() {
        return ContainerId.of(
                text.or(() -> asOption).orElseThrow(() -> Failure.of(OptionCode.USAGE, LABEL + " is missing")));
    }
}
