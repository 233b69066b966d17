package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.Patience;
import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.ScriptedSource.Deed;
import io.jmigrate.migration.engine.ScriptedSource.Point;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.MemoryLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of a group that is held while another one's memory is still on its way. */
class HeldMembersTest {
    private static final Duration LEASE = Duration.ofMillis(150);
    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    @TempDir
    private Path root;

    private final MemoryLink link = new MemoryLink();

    private ScriptedSource source(GroupId group, Point point) {
        ScriptedSource source = new ScriptedSource(link, point, Deed.STAYS_SILENT);
        source.group = group.value();
        return source;
    }

    private FakeDestination host(String name) throws IOException {
        Path place = Files.createDirectory(root.resolve(name));
        Trees trees = new Trees();
        FakeCriu criu = new FakeCriu(trees, place);
        return new FakeDestination(trees, Steps.undisturbed(), place, criu, _ -> List.of());
    }

    private void serve(Map<MigrationId, FakeDestination> hosts) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS, root, LandingPolicy.at(root), NodeLimits.DEFAULT, true, LEASE, Patience.LIMIT);
        NodeSessions node = new NodeSessions(request, new DestinationMembers(hosts));
        link.listen((end, role) -> node.serve(end.connection(role)), _ -> {});
    }

    private DestinationState state(ScriptedSource source) {
        return Journals.at(root)
                .destination(source.id)
                .map(DestinationRecord::state)
                .orElseThrow();
    }

    @Test
    void outlivesTheLeaseAsLongAsTheOtherArrivesAndNotLonger() throws IOException, InterruptedException {
        ENGINE_LOG.setLevel(Level.OFF);
        GroupId group = GroupId.random();
        try (ScriptedSource held = source(group, Point.GO)) {
            try (ScriptedSource slow = source(group, Point.ROUND)) {
                serve(Map.of(slow.id, host("slow"), held.id, host("held")));
                slow.play();
                held.play();
                await().during(LEASE.multipliedBy(3)).atMost(Patience.LIMIT).until(() -> state(held)
                        .equals(new DestinationState.Held()));
            }
            await().atMost(Patience.LIMIT)
                    .untilAsserted(() -> assertThat(state(held)).isEqualTo(new DestinationState.NeverRan()));
        }
        link.awaitSessions();
    }
}
