package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.JobOption;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ResumeContainer;
import io.jmigrate.criu.SettleContainer;
import io.jmigrate.criu.SettleJob;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;

/** Let the processes of a paused container run again. */
public final class ResumeVerb implements Verb {
    /** These options without their dashes. */
    static final String ABANDONED = "abandoned";

    static final String CRIU_RUN = "criu-run";

    private final ContainerArgument container = new ContainerArgument();
    private final JobOption job = new JobOption();
    private boolean abandoned;
    private Optional<String> criuRun = Optional.empty();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(this, "resume", "Let the processes of a paused container run again.")
                .flag(
                        "--" + ABANDONED,
                        "Let it go on as it was if a checkpoint that was killed has stopped it; else do nothing.",
                        value -> abandoned = value)
                .option(
                        "--" + CRIU_RUN,
                        "ID",
                        "With --pid: the CRIU run id with which the log of the checkpoint that was killed begins.",
                        word -> word,
                        value -> criuRun = Optional.of(value));
        job.declare(verb, "With --" + ABANDONED + ", give the connections back to");
        return container
                .declareOptional(verb, "Left out with --pid.")
                .examples(
                        "$ jmigrate resume web1",
                        "$ jmigrate resume --abandoned --pid 4711 --criu-run 2ddf9a8f-bb8a-4013-85a4-6c65d316cf3b");
    }

    @Override
    public int run(Session session) {
        check();
        if (job.pid().isPresent()) {
            settleJob(session, job.pid().get(), criuRun.orElseThrow());
        } else if (abandoned) {
            settle(session);
        } else {
            new ResumeContainer(session.containers()).resume(container.id());
        }
        return ExitCode.SUCCESS.status();
    }

    private void check() {
        if (container.isGiven() == job.pid().isPresent()) {
            throw Failure.of(OptionCode.USAGE, "resume: name a CONTAINER, or a job: --pid PID");
        }
        if (job.pid().isPresent() != criuRun.isPresent() || criuRun.isPresent() && !abandoned) {
            throw Failure.of(OptionCode.USAGE, "resume: --pid, --criu-run and --abandoned go together");
        }
    }

    private static void settleJob(Session session, int pid, String run) {
        session.requireRoot("give job " + pid + " its connections back");
        if (new SettleJob(pid, run).settle()) {
            session.log().warning("the checkpoint of job " + pid + " was killed; the job runs on");
        }
    }

    private void settle(Session session) {
        new SettleContainer(session.containers()).settle(container.id()).ifPresent(state -> session.log()
                .warning("the checkpoint of " + container.id().inSentence() + " was killed; the container is "
                        + state.word()));
    }
}
