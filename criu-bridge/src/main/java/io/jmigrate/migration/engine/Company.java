package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.state.SourceState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Those who leave together with a container, and stand or fall with it until the commit. One that leaves alone has nobody. */
interface Company {
    /** Its name, if there is anybody. */
    Optional<GroupId> group();

    /**
     * Comes to a point that all of them come to, in the same order. Does not wait.
     *
     * @param conclusion is drawn once, when the last one has come, from what all have brought; what it throws fails the future of all
     * @return fails too with the reason for which all are given up
     */
    <C, R> CompletableFuture<R> meet(C mine, Function<List<C>, R> conclusion);

    /** The decision for all, written down before anybody acts on it. Throws {@code Failure} JOURNAL: nothing is decided then. */
    void decide(List<MigrationId> all);

    /** After the decision: it is committed by its own journal too. Throws only if it was not decided before. */
    void commit(SourceCourse course, SourceState.Committed committed);

    /** It can't leave. @return whether nobody does, for this reason or an earlier one; else it has been decided, or just is */
    boolean withdraw(RuntimeException why);

    /** For one that leaves alone: its own journal decides. */
    static Company none() {
        return new Alone();
    }

    /** Nobody. */
    record Alone() implements Company {
        @Override
        public Optional<GroupId> group() {
            return Optional.empty();
        }

        @Override
        public <C, R> CompletableFuture<R> meet(C mine, Function<List<C>, R> conclusion) {
            Meeting<C, R> alone = new Meeting<>(1);
            alone.add(mine);
            alone.conclude(conclusion);
            return alone.result();
        }

        @Override
        public void decide(List<MigrationId> all) {}

        @Override
        public void commit(SourceCourse course, SourceState.Committed committed) {
            course.enter(committed);
        }

        @Override
        public boolean withdraw(RuntimeException why) {
            return true;
        }
    }
}
