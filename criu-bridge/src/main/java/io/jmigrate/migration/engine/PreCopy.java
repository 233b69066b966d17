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
        List<Long> changedBytes = new ArrayList<>(List.of(round(state)));
        while (AnotherRound.pays(changedBytes)) {
            state = state.nextRound();
            course.enter(state);
            changedBytes.add(round(state));
        }
    }

    private long round(SourceState.PreCopy state) {
        long begun = System.nanoTime();
        long before = outgoing.bytes();
        long bytes = memory.round();
        outgoing.endRound();
        course.chronicle().round(state.round(), System.nanoTime() - begun, bytes, outgoing.bytes() - before);
        return bytes;
    }
}
