package io.jmigrate.cli.option;

import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.runtime.failure.Failure;

/** When a restored container's memory comes. */
public final class MemoryOption {
    private boolean lazy;
    private boolean eager;

    /** Adds the flags. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--lazy-pages",
                        "Let the container run before its memory is there, also where that takes longer, or fail (default: where it is faster).",
                        value -> lazy = value)
                .flag("--eager", "Bring all memory before the container runs.", value -> eager = value);
    }

    /** @throws Failure USAGE if both are given */
    public MemoryMode mode() {
        if (lazy && eager) {
            throw Failure.of(OptionCode.USAGE, "--lazy-pages and --eager exclude each other");
        }
        return lazy ? MemoryMode.LAZY : eager ? MemoryMode.EAGER : MemoryMode.AUTOMATIC;
    }
}
