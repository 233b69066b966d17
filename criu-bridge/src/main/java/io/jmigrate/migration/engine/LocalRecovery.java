package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.JournalContents;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.journal.UnreadableJournal;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recovers migrations of one runtime root, one after the other: what can't be done for one, or read, does not keep the others. */
public final class LocalRecovery implements RecoverMigrations {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Journals journals;
    private final RecoverDeparture departures;
    private final RecoverArrival arrivals;

    public LocalRecovery(MigrationHost host) {
        this(
                Journals.at(host.root()),
                new LocalSourceHost(host),
                new LocalDestination(host, LandingPolicy.at(host.root())),
                PATIENCE);
    }

    LocalRecovery(Journals journals, SourceHost source, DestinationNode destination, Duration patience) {
        this.journals = journals;
        this.departures = new RecoverDeparture(journals, source, patience);
        this.arrivals = new RecoverArrival(journals, destination, patience);
    }

    @Override
    public List<RecoveryOutcome> run(RecoverRequest request) {
        List<RecoveryOutcome> outcomes = run(request, false);
        boolean told = outcomes.stream()
                .anyMatch(RecoveryOutcome::settled); // whoever tells of one member is there for the others
        return request.takeBack() && !told ? run(request, true) : outcomes;
    }

    private List<RecoveryOutcome> run(RecoverRequest request, boolean takeBack) {
        List<RecoveryOutcome> outcomes = new ArrayList<>();
        JournalContents contents = journals.contents();
        for (JournalRecord entry : contents.records()) {
            boolean asked =
                    request.migration().map(id -> entry.isOf(id.value())).orElse(true);
            if (asked && (!entry.ended() || entry instanceof DestinationRecord)) { // of which something may be left
                recover(entry, takeBack).ifPresent(outcomes::add);
            }
        }
        contents.unreadable(request.migration().map(MigrationId::value))
                .forEach(damaged -> outcomes.add(unreadable(damaged)));
        return List.copyOf(outcomes);
    }

    private static RecoveryOutcome unreadable(UnreadableJournal damaged) {
        return new RecoveryOutcome(damaged.id(), RecoveryOutcome.UNKNOWN, Place.IN_DOUBT, false, damaged.sentence());
    }

    private Optional<RecoveryOutcome> recover(JournalRecord entry, boolean takeBack) {
        try {
            return switch (entry) {
                case SourceRecord source -> Optional.of(departures.run(source, takeBack));
                case DestinationRecord destination -> arrivals.run(destination);
            };
        } catch (Failure e) {
            return Optional.of(
                    new RecoveryOutcome(entry.id(), entry.container(), Place.IN_DOUBT, false, unsettled(entry, e)));
        }
    }

    private static String unsettled(JournalRecord entry, Failure e) {
        return "it could not be recovered, by the journal " + entry.whereabouts() + ": " + e.getMessage();
    }
}
