package io.jmigrate.cli.option;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** The argument that names one container or more. */
public final class ContainerArguments {
    private final List<String> texts = new ArrayList<>();

    /** Adds the argument. */
    public Declaration declare(Declaration verb) {
        return verb.arguments("CONTAINER", "The containers' ids, one or more.", word -> word, texts::add);
    }

    /** In the order of the command line. @throws Failure INVALID_ID, USAGE if one is named twice */
    public List<ContainerId> ids() {
        List<ContainerId> ids = texts.stream().map(ContainerId::of).toList();
        if (ids.stream().distinct().count() < ids.size()) {
            throw Failure.of(OptionCode.USAGE, "a container is named twice");
        }
        return ids;
    }
}
