package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.PlanText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints what would be done to make a container. */
public final class PlanVerb implements Verb {
    private static final ContainerId NAME = ContainerId.of("container");

    private Path bundle = Path.of("");
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "plan",
                        "Print the steps that would make a container of a bundle, in order. Nothing is done.",
                        "A failure while a container is made names the step by its number here.")
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value)
                .argument("BUNDLE", "Directory with config.json.", Path::of, value -> bundle = value)
                .examples("$ jmigrate plan web", "$ jmigrate plan --format json web");
    }

    @Override
    public int run(Session session) {
        Plan plan = session.containers().plan(NAME, session.resolve(bundle));
        session.out()
                .print(
                        format == Format.JSON
                                ? new String(PlanText.json(plan), StandardCharsets.UTF_8)
                                : PlanText.lines(plan));
        return ExitCode.SUCCESS.status();
    }
}
