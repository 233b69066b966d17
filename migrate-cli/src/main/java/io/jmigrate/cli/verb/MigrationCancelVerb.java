package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.CancelMigration;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gives up a migration that another command, or the node service, works on. */
final class MigrationCancelVerb implements Verb {
    /** So long what was done to a container may take to be undone. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Optional<String> what = Optional.empty();

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "cancel",
                        "Give up a migration that is under way, at either node: the container goes on where it was.",
                        "As Ctrl-C does to the command that migrates. Returns when the migration has ended. With one container of a group all",
                        "of them are given up.",
                        "Once the other node has been told to take over it is too late: exit status "
                                + ExitCode.REFUSED.status() + ".")
                .argument(
                        "MIGRATION",
                        "The migration's id, or the id of its container or of its group.",
                        word -> word,
                        value -> what = Optional.of(value))
                .examples("$ jmigrate migration cancel web1");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("cancel migrations");
        String asked = what.orElseThrow(() -> Failure.of(OptionCode.USAGE, "migration cancel: MIGRATION is missing"));
        Journals journals = Journals.at(session.root());
        JournalRecord ended = new CancelMigration(journals, PATIENCE).run(underWay(journals, asked));
        session.out().println(ended.container() + ": " + ended.whereabouts() + " (" + ended.id() + ")");
        return ExitCode.SUCCESS.status();
    }

    /** The latest one; where both ends are on this node, its source. */
    private static JournalRecord underWay(Journals journals, String asked) {
        List<JournalRecord> known = journals.list().stream()
                .filter(entry -> entry.isOf(asked) || entry.container().equals(asked))
                .toList();
        return known.stream()
                .filter(entry -> !entry.ended())
                .max(Comparator.comparing((JournalRecord entry) -> entry instanceof SourceRecord)
                        .thenComparing(JournalRecord::startedAt))
                .orElseThrow(() -> noneUnderWay(asked, known));
    }

    /** Whether the source has ended, too, is not known at the destination: what runs there was given up too late in any case. */
    private static Failure noneUnderWay(String asked, List<JournalRecord> known) {
        String here = "no migration " + asked + ", nor of a container of that name, is under way on this node";
        if (known.isEmpty()) {
            return Failure.of(MigrationCode.NOT_UNDER_WAY, here);
        }
        JournalRecord last = known.getLast();
        boolean cameHere =
                last instanceof DestinationRecord arrival && arrival.state().mayRun();
        return Failure.of(
                cameHere ? MigrationCode.TOO_LATE : MigrationCode.NOT_UNDER_WAY,
                here + "; by the journal of the last one " + last.whereabouts());
    }
}
