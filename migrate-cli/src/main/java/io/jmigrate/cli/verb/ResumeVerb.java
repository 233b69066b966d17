package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ResumeContainer;

/** Let the processes of a paused container run again. */
public final class ResumeVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();

    @Override
    public Declaration declaration() {
        return container
                .declare(Declaration.of(this, "resume", "Let the processes of a paused container run again."))
                .examples("$ jmigrate resume web1");
    }

    @Override
    public int run(Session session) {
        new ResumeContainer(session.containers()).resume(container.id());
        return ExitCode.SUCCESS.status();
    }
}
