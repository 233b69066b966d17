package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.migration.wire.SampleMessages;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data messages of all kinds in any order, with names that a hostile peer would choose: whatever comes, they end in a failure or are kept
 * where they belong, and nothing is touched anywhere else.
 */
class HostileArrivalTest {
    private static final int ARRIVALS = 400;
    private static final int MESSAGES_MAX = 14;
    private static final Pattern IMAGES = Pattern.compile("memory|shared.*|core-1\\.img|pages-1\\.img");
    private static final TreeBounds TREE = new TreeBounds(1_000, 1 << 20, Long.MAX_VALUE);
    private static final ArrivalBounds BOUNDS = new ArrivalBounds(TREE, TREE, 1 << 20, 100);

    @TempDir
    private Path host;

    private Path outside;
    private int kept;

    @BeforeEach
    void makeWhatIsNotToBeTouched() throws IOException {
        outside = Files.createDirectory(host.resolve("outside"));
        Files.writeString(outside.resolve("file"), "secret");
    }

    @Test
    void touchNothingElse() throws IOException {
        Path place = Files.createDirectory(host.resolve("place"));
        FakeDestination node = new FakeDestination(
                new Trees(), Steps.undisturbed(), place, new FakeCriu(new Trees(), place), _ -> List.of());
        DestinationCourse course =
                new DestinationCourse(Journals.at(place), node.plan(MigrationId.random(), "web", "peer"));
        for (int seed = 0; seed < ARRIVALS; seed++) {
            Directories.make(course.entry().bundle().resolve(LandedBundle.ROOTFS));
            Directories.make(course.entry().images());
            arrive(new Random(seed), node, course);
            assertThat(Files.readString(outside.resolve("file")))
                    .as("seed %d", seed)
                    .isEqualTo("secret");
            assertThat(names(outside)).as("seed %d", seed).containsExactly("file");
            assertThat(names(host)).as("seed %d", seed).containsExactlyInAnyOrder("outside", "place");
            assertThat(names(place)).as("seed %d", seed).isSubsetOf("bundle", "images", "migrations", "restore.log");
            assertThat(names(course.entry().images())).as("seed %d", seed).allMatch(IMAGES.asMatchPredicate());
            Directories.remove(course.entry().bundle());
            Directories.remove(course.entry().images());
        }
        assertThat(kept).as("some go far").isPositive();
    }

    private void arrive(Random random, FakeDestination node, DestinationCourse course) {
        LocalChannel[] link = LocalChannel.pair();
        send(random, link[0]);
        link[0].close();
        try (ArrivingPages pages = node.memory(course.entry(), BOUNDS);
                Arrival arrival = new Arrival(
                        course, trees(node, course), pages, Optional.empty(), BOUNDS, random.nextBoolean())) {
            arrival.receive(link[1].data(), Patience.LIMIT, _ -> kept++);
        } catch (Failure e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static ArrivingTrees trees(FakeDestination node, DestinationCourse course) {
        return new ArrivingTrees(node.rootfs(course.entry(), TREE), Optional::empty);
    }

    private void send(Random random, LocalChannel link) {
        SampleMessages samples = new SampleMessages(
                random,
                List.of(
                        "",
                        "a",
                        "a",
                        "b",
                        "a/b",
                        "a/file",
                        "b/file",
                        "../b",
                        "a/../../x",
                        "/etc/x",
                        "a\0b",
                        outside.toString(),
                        outside + "/file",
                        "../../outside/file",
                        "core-1.img",
                        "pages-1.img",
                        "../core-1.img",
                        "user.x"));
        for (int messages = random.nextInt(1, MESSAGES_MAX); messages > 0; messages--) {
            link.data().send(random.nextInt(3) == 0 ? samples.data() : samples.data(DataMessage.Entry.class));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
