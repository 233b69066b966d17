package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.LocalRecovery;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.RecoveryOutcome;
import java.util.List;
import java.util.Optional;

/** Ends migrations whose outcome is in doubt. */
public final class RecoverVerb implements Verb {
    private Optional<MigrationId> migration = Optional.empty();
    private boolean insecure;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "recover",
                        "End migrations that a crash or a lost connection left open.",
                        "The other node is asked; afterwards exactly one copy of each container runs. If it can't be reached,",
                        "nothing is done and the exit status is " + ExitCode.IN_DOUBT.status() + ".")
                .flag("--insecure", "Ask without encryption, as the migration was.", value -> insecure = value)
                .optionalArgument(
                        "MIGRATION", "Only this one.", MigrationId::new, value -> migration = Optional.of(value))
                .examples("$ jmigrate migration recover");
    }

    @Override
    public int run(Session session) {
        List<RecoveryOutcome> outcomes =
                new LocalRecovery(ThisNode.of(session)).run(new RecoverRequest(session.root(), migration, insecure));
        for (RecoveryOutcome outcome : outcomes) {
            session.out().println(outcome.container() + ": " + outcome.message() + " (" + outcome.migration() + ")");
        }
        boolean settled = outcomes.stream().allMatch(RecoveryOutcome::settled);
        return (settled ? ExitCode.SUCCESS : ExitCode.IN_DOUBT).status();
    }
}
