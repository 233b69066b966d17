package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.DeleteRequest;

/** Removes a container. */
public final class DeleteVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private boolean force;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(this, "delete", "Remove a stopped container and all that was made for it.")
                .flag(
                        "-f, --force",
                        "Kill it first if it lives; remove what a killed command left half-made.",
                        value -> force = value);
        return container.declare(verb).examples("$ jmigrate delete web1", "$ jmigrate delete --force web1");
    }

    @Override
    public int run(Session session) {
        session.containers().delete().delete(new DeleteRequest(container.id(), force));
        return ExitCode.SUCCESS.status();
    }
}
