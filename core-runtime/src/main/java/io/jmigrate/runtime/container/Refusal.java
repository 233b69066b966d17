package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;

/** Says that a container's state does not allow an operation. */
final class Refusal {
    private Refusal() {}

    /**
     * For example {@code cannot start container "web": it is running}.
     *
     * @param verb of the operation
     */
    static Failure of(String verb, ContainerRecord record) {
        return Failure.of(
                RuntimeCode.WRONG_STATE,
                "cannot " + verb + " " + record.id().inSentence() + ": it is "
                        + record.state().word());
    }
}
