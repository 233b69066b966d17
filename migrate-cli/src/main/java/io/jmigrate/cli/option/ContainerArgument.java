package io.jmigrate.cli.option;

import io.jmigrate.runtime.container.ContainerId;

/** The argument that names a container. */
public final class ContainerArgument {
    private String text = "";

    /** Adds the argument. */
    public Declaration declare(Declaration verb) {
        return verb.argument("CONTAINER", "The container's id.", word -> word, value -> text = value);
    }

    /** @throws io.jmigrate.runtime.failure.Failure INVALID_ID */
    public ContainerId id() {
        return ContainerId.of(text);
    }
}
