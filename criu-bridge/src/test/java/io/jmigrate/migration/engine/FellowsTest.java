package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.GroupId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long one is held is counted from when the source has nothing else to do. */
class FellowsTest {
    private final ArrivingGroups groups = new ArrivingGroups();

    @Test
    void oneThatArrivesAloneWaitsForNobody() {
        assertThat(groups.join(Optional.empty()).held()).isCompleted();
    }

    @Test
    void oneOfSeveralWaitsForTheOthersToBeHeld() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows first = groups.join(group);
        Fellows second = groups.join(group);
        Fellows third = groups.join(group);
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
        Fellows first = groups.join(group);
        groups.join(group);
        CompletableFuture<Void> held = first.held();
        assertThat(held).isNotDone();
        groups.leave(group);
        assertThat(held).isCompleted();
    }

    @Test
    void whoeverComesWhenAllHaveLeftIsAlone() {
        Optional<GroupId> group = Optional.of(GroupId.random());
        Fellows before = groups.join(group);
        groups.join(group);
        groups.leave(group);
        assertThat(groups.join(group)).isSameAs(before);
        groups.leave(group);
        groups.leave(group);
        assertThat(groups.join(group)).isNotSameAs(before);
    }
}
