package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.AnotherRound;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.live.ChangedPages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Copies memory in rounds while the container runs, so that little is left to send when it stands still. */
final class PreCopy {
    private final SourceNode node;
    private final OutgoingMemory memory;
    private final SourceCourse course;

    PreCopy(SourceNode node, OutgoingMemory memory, SourceCourse course) {
        this.node = node;
        this.memory = memory;
        this.course = course;
    }

    /**
     * Returns when another round wouldn't pay.
     *
     * @param first the state of the first round, which has been entered
     * @return the last round, which the dump comes after
     */
    ChangedPages run(SourceState.PreCopy first) {
        SourceState.PreCopy state = first;
        ChangedPages last = round(ChangedPages::first);
        List<Long> changedBytes = new ArrayList<>(List.of(last.changedBytes()));
        while (AnotherRound.pays(changedBytes)) {
            state = state.nextRound();
            course.enter(state);
            last = round(last::next);
            changedBytes.add(last.changedBytes());
        }
        return last;
    }

    private ChangedPages round(Function<PageSink, ChangedPages> filter) {
        try (ChangedPages round = filter.apply(memory.round())) {
            node.readMemory(round);
            round.finish();
            return round;
        }
    }
}
