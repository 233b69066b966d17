package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.OutcomeReport;
import io.jmigrate.cli.progress.ProgressForm;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.engine.CancelToken;
import io.jmigrate.migration.engine.Migrate;
import io.jmigrate.migration.engine.MigrateInTurn;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;

/**
 * Migrations of one command, with what is said of them all in the end.
 *
 * @param progress how each is followed
 * @param format of what is said in the end, unless events are printed: then that is one of them
 */
record SeveralMigrations(Session session, ProgressForm progress, Format format) {
    /** One after the other. @return the code of the one that ended worst */
    ExitCode inTurn(List<MigrateRequest> requests, Migrate migrate) {
        CancelToken cancel = new CancelToken();
        MigrationSignals.give(session, cancel);
        List<MigrationOutcome> outcomes = new MigrateInTurn((request, listener, own) -> {
                    try {
                        return migrate.run(request, listener, own);
                    } catch (Failure e) {
                        session.log().error(e, session.global().debug()); // at once: others may take long
                        throw e;
                    }
                })
                .run(requests, _ -> listener(), cancel);
        return print(outcomes);
    }

    private ProgressListener listener() {
        return progress.on(
                session.out(), session.err(), session.invocation().streams().errIsTerminal());
    }

    private ExitCode print(List<MigrationOutcome> outcomes) {
        OutcomeReport report = new OutcomeReport(outcomes);
        if (progress == ProgressForm.JSON) {
            ObjectNode event = JsonNodeFactory.instance.objectNode().put("event", "outcomes");
            session.out().println(event.set("containers", report.tree()).toString());
        } else if (format == Format.JSON) {
            session.out().println(report.tree());
        } else {
            report.lines().forEach(session.out()::println);
        }
        return report.worst();
    }
}
