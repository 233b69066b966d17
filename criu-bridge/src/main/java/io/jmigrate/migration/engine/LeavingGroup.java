package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.GroupRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Containers that leave one node together. Each has a migration of its own, on a thread of its own; they meet after every round, before and after
 * they are frozen, and when all are held. The token that they share says once and for all whether they go: it is given up by the first that
 * fails, or sealed when all are held.
 */
final class LeavingGroup {
    private final GroupId id;
    private final int size;
    private final Journals journals;
    private final CancelToken cancel;
    private Optional<Meeting<?, ?>> next = Optional.empty();
    private Optional<Failure> broken = Optional.empty();

    /** @param cancel shared by all */
    LeavingGroup(GroupId id, int size, Journals journals, CancelToken cancel) {
        this.id = id;
        this.size = size;
        this.journals = journals;
        this.cancel = cancel;
        cancel.onCancel(this::breakUp);
    }

    /** What one of them has to do with the others. */
    Company member(String container) {
        return new Member(container);
    }

    private void breakUp(Failure why) {
        Optional<Meeting<?, ?>> waiting;
        synchronized (this) {
            broken = Optional.of(why);
            waiting = next;
        }
        waiting.ifPresent(meeting -> meeting.breakUp(why));
    }

    /** Whoever comes after the last one comes to the next meeting. */
    @SuppressWarnings("unchecked") // all come to the same points in the same order
    private <C, R> CompletableFuture<R> meet(C mine, Function<List<C>, R> conclusion) {
        Meeting<C, R> meeting;
        boolean last;
        synchronized (this) {
            if (broken.isPresent()) {
                return CompletableFuture.failedFuture(broken.get().again());
            }
            meeting = (Meeting<C, R>) next.orElseGet(() -> new Meeting<C, R>(size));
            last = meeting.add(mine);
            next = last ? Optional.empty() : Optional.of(meeting);
        }
        if (last) {
            meeting.conclude(conclusion);
        }
        return meeting.result();
    }

    private final class Member implements Company {
        private final String container;

        Member(String container) {
            this.container = container;
        }

        @Override
        public Optional<GroupId> group() {
            return Optional.of(id);
        }

        @Override
        public <C, R> CompletableFuture<R> meet(C mine, Function<List<C>, R> conclusion) {
            return LeavingGroup.this.meet(mine, conclusion);
        }

        @Override
        public void decide(List<MigrationId> all) {
            journals.save(new GroupRecord(id, all, Instant.now()));
        }

        @Override
        public void commit(SourceCourse course, SourceState.Committed committed) {
            course.follow(committed);
        }

        @Override
        public boolean withdraw(RuntimeException why) {
            return cancel.giveUp(Failure.of(
                            MigrationCode.GROUP_BROKEN,
                            "container \"" + container + "\" of its group cannot leave: " + why.getMessage())
                    .withCause(why));
        }
    }
}
