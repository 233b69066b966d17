package io.jmigrate.cli.option;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.stream.IntStream;

/** How many clones there are to be, and what they are called. */
public final class CloneNames {
    private static final int COUNT_MAX = 1000;
    private static final String NUMBER = "{n}";

    private int count = 1;
    private String template = "clone-" + NUMBER;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "-n, --count",
                        "N",
                        "How many containers (1 to " + COUNT_MAX + ", default 1).",
                        text -> Numbers.between(text, 1, COUNT_MAX),
                        value -> count = value)
                .option(
                        "--name-template",
                        "NAME",
                        "What they are called; {n} stands for a number from 1 on (default: " + template + ").",
                        text -> text,
                        value -> template = value);
    }

    /** @throws Failure USAGE if all would have the same, INVALID_ID */
    public List<ContainerId> ids() {
        if (count > 1 && !template.contains(NUMBER)) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "clone: --name-template \"" + template + "\" has no {n}: all would be called the same");
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> ContainerId.of(template.replace(NUMBER, Integer.toString(number))))
                .toList();
    }
}
