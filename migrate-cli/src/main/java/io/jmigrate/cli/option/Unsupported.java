package io.jmigrate.cli.option;

import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** Options of runc's that this program knows and refuses when the command is run, so that nobody believes that they act. */
public final class Unsupported {
    private final List<String> given = new ArrayList<>();

    /** Adds an option with a value. */
    public void option(Declaration verb, String name, String label, String why) {
        verb.option(
                name,
                label,
                "Not supported: " + why + ".",
                text -> text,
                _ -> given.add(name + " is not supported: " + why));
    }

    /** @throws Failure OPTION_UNSUPPORTED if one was given */
    public void refuse() {
        if (!given.isEmpty()) {
            throw Failure.of(OptionCode.OPTION_UNSUPPORTED, given.getFirst());
        }
    }
}
