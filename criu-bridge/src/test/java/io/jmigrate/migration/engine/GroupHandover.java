package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.wire.MemoryLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Two containers that leave one simulated host for another together, with some trouble, and what recovery makes of it. */
final class GroupHandover implements AutoCloseable {
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(5);
    private static final Path MEMORY = Path.of("/dev/shm");

    final List<Member> members;
    final Steps sourceSteps;
    final Steps destinationSteps;
    private final Trouble trouble;
    private final Duration patience;
    private final Path directory;
    private final MemoryLink link = new MemoryLink();
    private final CancelToken cancel = new CancelToken();

    /** One of the two. */
    record Member(Trees trees, SourceSide source, Path arrival, FakeCriu criu) {
        /** Where it runs and is heard; empty if nowhere. */
        Optional<String> place() {
            if (trees.source().runs() && trees.source().linkUp()) {
                return Optional.of("source");
            }
            return trees.destination() == Destination.RUNS ? Optional.of("destination") : Optional.empty();
        }

        boolean runsOnce() {
            return !trees.ranTwice()
                    && place().isPresent()
                    && trees.source().exists() == place().get().equals("source");
        }
    }

    GroupHandover(Trouble trouble, Duration patience) throws IOException {
        this.trouble = trouble;
        this.patience = patience;
        this.directory = Files.createTempDirectory(
                Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")), "group");
        this.sourceSteps = Steps.with(trouble.source(), trouble.sourceAt(), this::mishap, this::sourceDied);
        this.destinationSteps =
                Steps.with(trouble.destination(), trouble.destinationAt(), () -> {}, this::destinationDied);
        Files.createDirectory(source());
        Journals journals = Journals.at(source());
        LeavingGroup group = new LeavingGroup(GroupId.random(), 2, journals, cancel);
        this.members = Stream.of("first", "second")
                .map(name -> member(name, group.member(name)))
                .toList();
        link.breakAfter(trouble.linkAfter(), trouble.silently());
        serve(destinationSteps, patience);
    }

    private Path source() {
        return directory.resolve("source");
    }

    private Path destination() {
        return directory.resolve("destination");
    }

    private Member member(String name, Company company) {
        try {
            Path arrival = Files.createDirectories(destination().resolve(name));
            Trees trees = new Trees();
            SourceSide side = new SourceSide(source(), trees, sourceSteps, link, patience);
            side.container = name;
            side.cancel = cancel;
            side.company = company;
            return new Member(trees, side, arrival, new FakeCriu(trees, arrival));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DestinationMembers host(Steps steps) {
        Map<MigrationId, FakeDestination> hosts = new HashMap<>();
        members.forEach(member -> hosts.put(
                member.source().id,
                new FakeDestination(member.trees(), steps, member.arrival(), member.criu(), _ -> List.of())));
        return new DestinationMembers(hosts);
    }

    private void serve(Steps steps, Duration limit) {
        NodeServeRequest request = new NodeServeRequest(
                SourceSide.ADDRESS,
                destination(),
                LandingPolicy.at(destination()),
                NodeLimits.DEFAULT,
                true,
                limit,
                limit);
        NodeSessions node = new NodeSessions(request, host(steps));
        link.listen((end, role) -> node.serve(end.connection(role)), steps::take);
    }

    private void mishap() {
        if (trouble.source() == Fault.CANCEL) {
            cancel.cancel("a test");
            return;
        }
        try {
            for (Member member : members) {
                Files.createDirectories(obstacle(member));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members' journals are full; that of the group is not. */
    private Path obstacle(Member member) {
        return source().resolve("migrations/" + member.source().id + ".source.json.new");
    }

    private void sourceDied() {
        members.forEach(member -> FakeSource.clientDies(member.trees()));
        link.lose(trouble.silently());
    }

    private void destinationDied() {
        link.deafen();
        if (trouble.withCriu()) {
            members.forEach(member -> member.criu().dies());
        }
        link.lose(trouble.silently());
    }

    int frames() {
        return link.carried();
    }

    /** Until all engines have ended, whichever way. */
    GroupHandover run() throws InterruptedException {
        List<Thread> threads = members.stream()
                .map(member -> Thread.ofVirtual().start(() -> migrate(member)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        link.awaitSessions();
        return this;
    }

    private static void migrate(Member member) {
        try {
            member.source().migrate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MemoryLink.Killed _) {
            // as it was asked for
        }
    }

    /** The link works again, a new node service runs, the disks have room, and both ends recover. */
    void recover(boolean sourceFirst) {
        members.forEach(member -> Directories.remove(obstacle(member)));
        link.repair();
        serve(Steps.undisturbed(), RECOVERY_PATIENCE);
        if (sourceFirst) {
            recoverAt(source());
            recoverAt(destination());
        } else {
            recoverAt(destination());
            recoverAt(source());
        }
    }

    private void recoverAt(Path root) {
        Steps steps = Steps.undisturbed();
        link.callAs(steps::take);
        SourceHost host = new SourceHost() {
            @Override
            public Optional<SourceNode> copy(SourceRecord entry) {
                return members.stream()
                        .filter(member -> member.source().id.equals(entry.id()))
                        .filter(member -> member.trees().source().exists())
                        .findFirst()
                        .map(member -> new FakeSource(member.trees(), steps, SourceSide.ROOTFS));
            }

            @Override
            public Peer peer(SourceRecord entry) {
                return SourceSide.peer(link, steps, RECOVERY_PATIENCE);
            }

            @Override
            public void forgetKept(SourceRecord entry) {}

            @Override
            public void removeImages(MigrationId migration) {}
        };
        new LocalRecovery(Journals.at(root), host, host(steps), RECOVERY_PATIENCE)
                .run(new RecoverRequest(root, Optional.empty()));
    }

    /** What went wrong, for the message of a test that fails. */
    @Override
    public String toString() {
        return trouble + "\n source: " + sourceSteps + "\n destination: " + destinationSteps + "\n "
                + members.stream().map(Member::trees).toList()
                + members.stream().map(member -> member.source().failure()).toList();
    }

    @Override
    public void close() {
        Directories.remove(directory);
    }
}
