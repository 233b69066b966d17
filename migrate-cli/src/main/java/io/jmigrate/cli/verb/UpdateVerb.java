package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.LimitOptions;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Changes the limits of a container. */
public final class UpdateVerb implements Verb {
    private static final String STANDARD_INPUT = "-";

    private final ContainerArgument container = new ContainerArgument();
    private final LimitOptions limits = new LimitOptions();
    private Optional<String> file = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "update",
                        "Change the limits of a container.",
                        "What is not given stays as it is. The limits go with the container when it is moved.")
                .option(
                        "-r, --resources",
                        "FILE",
                        "Read the limits from FILE (- for the standard input), in the form of linux.resources in config.json.",
                        text -> text,
                        value -> file = Optional.of(value));
        return container
                .declare(limits.declare(verb))
                .examples(
                        "$ jmigrate update --memory 512m --cpu-quota 50000 web1",
                        "$ echo '{\"pids\": {\"limit\": 100}}' | jmigrate update --resources - web1");
    }

    @Override
    public int run(Session session) {
        ResourcesChange given = limits.change();
        if (file.isPresent() && !given.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "update: --resources and options for single limits exclude each other");
        }
        session.containers()
                .update()
                .update(container.id(), file.map(name -> read(session, name)).orElse(given));
        return ExitCode.SUCCESS.status();
    }

    private static ResourcesChange read(Session session, String name) {
        if (!name.equals(STANDARD_INPUT)) {
            return ResourcesChange.read(session.resolve(Path.of(name)));
        }
        try {
            byte[] text = session.invocation().streams().in().readNBytes(Specs.BYTES_MAX + 1);
            return ResourcesChange.parse(text, "the standard input");
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read the standard input: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
