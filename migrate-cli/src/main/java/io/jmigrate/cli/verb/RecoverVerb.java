package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.MigrationArgument;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.engine.LocalRecovery;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;

/** Ends migrations whose outcome is in doubt. */
public final class RecoverVerb implements Verb {
    /** The option without its dashes. */
    static final String ABANDONED = "abandoned";

    private final MigrationArgument migration = new MigrationArgument();
    private final CriuOption criu = new CriuOption();
    private boolean abandoned;
    private boolean takeBack;

    @Override
    public Declaration declaration() {
        Declaration verb = criu.declare(Declaration.of(
                this,
                "recover",
                "End migrations that a crash or a lost connection left open.",
                "The other node is asked; afterwards exactly one copy of each container runs. If it can't be reached,",
                "nothing is done and the exit status is " + ExitCode.IN_DOUBT.status() + "."));
        verb.flag(
                "--" + ABANDONED,
                "For a migration whose command was killed: say on standard error what became of it, if anything was left to do.",
                value -> abandoned = value);
        verb.flag(
                "--take-back",
                "If the other node is gone for good: let the container go on here, as it was when it left. What it did there since, if it"
                        + " ran there, is lost. Needs MIGRATION.",
                value -> takeBack = value);
        return migration
                .declareOptional(verb, "Only this one.")
                .examples(
                        "$ jmigrate migration list --open",
                        "$ jmigrate migration recover",
                        "$ jmigrate migration recover --take-back 0f5d3ab1c2e94f0fae4c0b6a7f0d1e2c");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("recover migrations");
        if (takeBack && migration.id().isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "migration recover: --take-back needs MIGRATION");
        }
        if (!abandoned) { // one that was killed may not have begun
            migration.id().ifPresent(id -> ThisNode.journal(session, id));
        }
        List<RecoveryOutcome> outcomes = new LocalRecovery(ThisNode.of(session, criu))
                .run(new RecoverRequest(session.root(), migration.id(), takeBack));
        outcomes.forEach(outcome -> tell(session, outcome));
        boolean settled = outcomes.stream().allMatch(RecoveryOutcome::settled);
        return (settled ? ExitCode.SUCCESS : ExitCode.IN_DOUBT).status();
    }

    private void tell(Session session, RecoveryOutcome outcome) {
        if (abandoned) {
            session.log()
                    .warning("the migration of container \"" + outcome.container() + "\" was killed: "
                            + outcome.message());
        } else {
            session.out().println(outcome.container() + ": " + outcome.message() + " (" + outcome.migration() + ")");
        }
    }
}
