package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.audit.AuditEvent.Party;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long one is held is counted from when the source has nothing else to do. */
class FellowsTest {
    private static final Party SENDER = new Party("10.0.0.1:4000", "a".repeat(64), "one");
    private static final Party OTHER = new Party("10.0.0.2:4000", "b".repeat(64), "two");

    private final ArrivingGroups groups = new ArrivingGroups();

    @Test
    void oneThatArrivesAloneWaitsForNobody() {
        assertThat(groups.join(SENDER, Optional.empty()).held()).isCompleted();
    }

    @Test
    void oneOfSeveralWaitsForTheOthersToBeHeld() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows first = groups.join(SENDER, group);
        Fellows second = groups.join(SENDER, group);
        Fellows third = groups.join(SENDER, group);
        assertThat(second.token()).isSameAs(first.token());

        CompletableFuture<Void> held = first.held();
        second.held();
        assertThat(held).isNotDone();
        third.held();
        assertThat(held).isCompleted();
    }

    @Test
    void oneThatWillNotBeHeldIsWaitedForNoMore() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows first = groups.join(SENDER, group);
        groups.join(SENDER, group);
        CompletableFuture<Void> held = first.held();
        assertThat(held).isNotDone();
        groups.leave(SENDER, group);
        assertThat(held).isCompleted();
    }

    @Test
    void whoeverComesWhenAllHaveLeftIsAlone() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows before = groups.join(SENDER, group);
        groups.join(SENDER, group);
        groups.leave(SENDER, group);
        assertThat(groups.join(SENDER, group)).isSameAs(before);
        groups.leave(SENDER, group);
        groups.leave(SENDER, group);
        assertThat(groups.join(SENDER, group)).isNotSameAs(before);
    }

    @Test
    void thoseOfAnotherOneThatKnowsTheNameOfTheGroupAreNoneOfThem() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows first = groups.join(SENDER, group);
        Fellows others = groups.join(OTHER, group);
        assertThat(others.token()).isNotSameAs(first.token());

        groups.leave(OTHER, group);
        assertThat(groups.join(SENDER, group)).isSameAs(first);
    }
}
