package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.FileRounds;
import io.jmigrate.migration.state.SourceState;
import java.util.ArrayList;
import java.util.List;

/** Sends the files of a container that runs, and has no memory to send meanwhile, in rounds. */
record FilesAhead(OutgoingTrees files, SourceCourse course, CancelToken cancel) {
    /** @param first the state of the first round, which has been entered */
    void run(SourceState.PreCopy first) {
        List<Long> nanos = new ArrayList<>();
        round(nanos, files::sendAll);
        SourceState.PreCopy state = first;
        while (FileRounds.another(nanos)) {
            cancel.check();
            state = state.nextRound();
            course.enter(state);
            round(nanos, files::sendChanges);
        }
    }

    private void round(List<Long> nanos, Runnable sending) {
        long before = files.sentBytes();
        long begun = System.nanoTime();
        sending.run();
        nanos.add(System.nanoTime() - begun);
        long sent = files.sentBytes() - before;
        course.chronicle().round(nanos.size(), nanos.getLast(), sent, sent);
    }
}
