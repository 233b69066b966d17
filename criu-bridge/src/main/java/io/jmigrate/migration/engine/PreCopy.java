package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.AnotherRound;
import io.jmigrate.migration.state.SourceState;
import java.util.ArrayList;
import java.util.List;

/** Copies memory in rounds while the container runs, so that little is left to send when it stands still. */
final class PreCopy {
    private final MemoryAhead memory;
    private final OutgoingMemory outgoing;
    private final SourceCourse course;

    PreCopy(MemoryAhead memory, OutgoingMemory outgoing, SourceCourse course) {
        this.memory = memory;
        this.outgoing = outgoing;
        this.course = course;
    }

    /**
     * Returns when another round wouldn't pay.
     *
     * @param first the state of the first round, which has been entered
     */
    void run(SourceState.PreCopy first) {
        SourceState.PreCopy state = first;
        List<Long> changedBytes = new ArrayList<>(List.of(round()));
        while (AnotherRound.pays(changedBytes)) {
            state = state.nextRound();
            course.enter(state);
            changedBytes.add(round());
        }
    }

    private long round() {
        long bytes = memory.round();
        outgoing.endRound();
        return bytes;
    }
}
