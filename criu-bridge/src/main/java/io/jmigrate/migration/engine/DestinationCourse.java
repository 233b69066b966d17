package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.runtime.linux.ProcessRef;
import java.time.Instant;

/** Where an arrival has got to: each state is in the journal before anybody acts on it. */
final class DestinationCourse {
    private final Journals journals;
    private DestinationRecord entry;

    DestinationCourse(Journals journals, DestinationRecord entry) {
        this.journals = journals;
        this.entry = entry;
        journals.save(entry);
    }

    synchronized void enter(DestinationState next) {
        DestinationRecord changed = entry.in(next, Instant.now());
        journals.save(changed);
        entry = changed;
    }

    synchronized void hold(ProcessRef root) {
        entry = entry.holding(root);
        enter(new DestinationState.Held());
    }

    synchronized DestinationState state() {
        return entry.state();
    }

    synchronized DestinationRecord entry() {
        return entry;
    }
}
