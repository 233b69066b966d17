package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.GroupFacts;
import io.jmigrate.cli.output.OutcomeReport;
import io.jmigrate.cli.progress.ProgressDisplay;
import io.jmigrate.cli.progress.ProgressForm;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.CancelToken;
import io.jmigrate.migration.engine.LocalMigrateGroup;
import io.jmigrate.migration.engine.Migrate;
import io.jmigrate.migration.engine.MigrateInTurn;
import io.jmigrate.migration.journal.GroupReport;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Migrations of one command, with what is said of them all in the end.
 *
 * @param progress how each is followed
 * @param format of what is said in the end, unless events are printed: then that is one of them
 */
record SeveralMigrations(Session session, ProgressForm progress, Format format) {
    private static final String TOO_LATE = "the other node has been told to take over: too late to give up";

    /** One after the other. @return the code of the one that ended worst */
    ExitCode inTurn(List<MigrateRequest> requests, Migrate migrate) {
        List<MigrationOutcome> outcomes;
        try (ProgressDisplay display = session.show(progress, false)) {
            CancelToken cancel = new CancelToken();
            MigrationSignals.give(session, cancel, display);
            outcomes = new MigrateInTurn((request, listener, own) -> {
                        try {
                            return migrate.run(request, listener, own);
                        } catch (Failure e) {
                            session.log().error(e, session.global().debug()); // at once: others may take long
                            throw e;
                        }
                    })
                    .run(
                            requests,
                            _ -> display.next(),
                            cancel,
                            late -> display.say("jmigrate: container \"" + late.container() + "\": " + TOO_LATE
                                    + "; no more are begun"));
        }
        return print(outcomes, Optional.empty());
    }

    /** Together, with one outcome for all until the commit. @return the code of the one that ended worst */
    ExitCode together(List<MigrateRequest> requests, LocalMigrateGroup migrate) {
        GroupId group = GroupId.random();
        List<MigrationOutcome> outcomes;
        try (ProgressDisplay display = session.show(progress, true)) {
            CancelToken cancel = new CancelToken();
            MigrationSignals.give(session, cancel, display);
            outcomes = migrate.run(group, requests, _ -> display.next(), cancel);
        }
        outcomes.stream()
                .flatMap(outcome -> outcome.failure().stream())
                .filter(why -> why.code() != MigrationCode.GROUP_BROKEN) // its reason is another one's failure
                .forEach(why -> session.log().error(why, session.global().debug()));
        return print(
                outcomes,
                Optional.of(new GroupFacts(
                        GroupReport.of(group, Journals.at(session.root()).list()))));
    }

    private ExitCode print(List<MigrationOutcome> outcomes, Optional<GroupFacts> group) {
        OutcomeReport report = new OutcomeReport(outcomes);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (progress == ProgressForm.JSON) {
            tree.put("event", "outcomes");
        }
        group.ifPresent(facts -> tree.setAll(facts.tree()));
        tree.set("containers", report.tree());
        if (progress == ProgressForm.JSON || format == Format.JSON) {
            session.out().println(tree);
        } else {
            report.lines().forEach(session.out()::println);
            group.map(GroupFacts::line).ifPresent(session.out()::println);
        }
        return report.worst();
    }
}
