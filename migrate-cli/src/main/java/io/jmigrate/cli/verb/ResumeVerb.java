package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ResumeContainer;
import io.jmigrate.criu.SettleContainer;

/** Let the processes of a paused container run again. */
public final class ResumeVerb implements Verb {
    /** The option without its dashes. */
    static final String ABANDONED = "abandoned";

    private final ContainerArgument container = new ContainerArgument();
    private boolean abandoned;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(this, "resume", "Let the processes of a paused container run again.")
                .flag(
                        "--" + ABANDONED,
                        "Let it go on as it was if a checkpoint that was killed has stopped it; else do nothing.",
                        value -> abandoned = value);
        return container.declare(verb).examples("$ jmigrate resume web1");
    }

    @Override
    public int run(Session session) {
        if (abandoned) {
            settle(session);
            return ExitCode.SUCCESS.status();
        }
        new ResumeContainer(session.containers()).resume(container.id());
        return ExitCode.SUCCESS.status();
    }

    private void settle(Session session) {
        new SettleContainer(session.containers()).settle(container.id()).ifPresent(state -> session.log()
                .warning("the checkpoint of " + container.id().inSentence() + " was killed; the container is "
                        + state.word()));
    }
}
