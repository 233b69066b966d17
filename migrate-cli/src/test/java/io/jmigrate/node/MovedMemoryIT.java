package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that use their memory all the time move to another node and back, and all of it is compared each time. */
@Timeout(120)
class MovedMemoryIT {
    private static final String CONTAINER = "moved";
    private static final String JAVA_HOME = System.getProperty("java.home");

    private static Stage stage;
    private static Node a;
    private static Node b;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        String[] serve = {"--insecure", "--allow-mount", JAVA_HOME};
        a = stage.node("a").serve(serve);
        b = stage.node("b").serve(serve);
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @AfterEach
    void remove() {
        for (Node node : new Node[] {a, b}) {
            if (Files.exists(node.root().resolve(CONTAINER))) {
                node.run("delete", "--force", CONTAINER).succeeded();
            }
        }
    }

    private static void start(Path bundle) {
        a.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
    }

    private static void move(Node from, Node to, String... how) {
        List<String> words =
                new ArrayList<>(List.of("migrate", CONTAINER, "--to", to.address(), "--insecure", "--verify-memory"));
        words.addAll(List.of(how));
        Said said = from.run(words.toArray(String[]::new)).succeeded();
        assertThat(said.out() + said.err()).containsPattern("all [1-9][0-9]+ pages compared");
        await().untilAsserted(() -> assertThat(to.remainsOfMigrations()).isEmpty());
    }

    /** A program that ends when it finds its memory damaged reports on, after all of it has been checked once more. */
    @ParameterizedTest
    @ValueSource(strings = {"memory --mib 48 --dirty 40", "tangle --mib 40", "memory --mib 16 --user-namespace"})
    void nothingOfAProgramThatChecksItselfIsLost(String words) {
        List<String> kind = List.of(words.split(" "));
        Path bundle = stage.path(words.replace(' ', '-'));
        Programs.makeBundle(
                kind.getFirst(), bundle.toString(), kind.subList(1, kind.size()).toArray(String[]::new));
        start(bundle);
        goesOnAt(a, "report");
        move(a, b);
        goesOnAt(b, "report");
        move(b, a);
        goesOnAt(a, "report");
    }

    @Test
    void aJvmWithManyThreadsGoesOn() {
        Path bundle = stage.path("jvm");
        Programs.makeBundle("jvm", bundle.toString());
        start(bundle);
        goesOnAt(a, "report/jvm");
        move(a, b);
        assertThat(goesOnAt(b, "report/jvm")).startsWith("ok ");
    }

    @Test
    void whateverAProgramDoesToItsMemoryItIsTheSame() {
        long seed = new Random().nextLong(1 << 30);
        Path bundle = stage.path("turmoil");
        String command = "/bin/turmoil " + seed + " /tmp & while :; do echo $((n += 1)) > /report; usleep 20000; done";
        Programs.makeBundle("busybox", bundle.toString(), "--", "/bin/sh", "-c", command);
        Programs.compileWorkload("turmoil", bundle.resolve("rootfs/bin/turmoil"));
        System.out.println("turmoil with the seed " + seed);
        start(bundle);
        goesOnAt(a, "report");
        move(a, b);
        goesOnAt(b, "report");
        move(b, a, "--compress", "zstd", "--connections", "3");
        goesOnAt(a, "report");
        assertThat(b.run("migration", "list", "--format", "json").succeeded().out())
                .containsPattern("\"zstd\" ?: ?[1-9]");
    }

    /** What the kernel does not note the times of: files that are mapped, names that the dump makes. */
    @Test
    void filesHoldWhatWasWrittenThroughMappings() {
        Path bundle = stage.path("kinds");
        Programs.makeBundle(
                "kinds", bundle.toString(), "--", "/bin/kinds", "mapped-shared", "mapped-private", "renamed-file");
        start(bundle);
        for (String kind : new String[] {"mapped-shared", "renamed-file"}) {
            goesOnAt(a, "report/" + kind);
        }
        move(a, b);
        for (String kind : new String[] {"mapped-shared", "mapped-private", "renamed-file"}) {
            assertThat(goesOnAt(b, "report/" + kind)).startsWith("ok ");
        }
    }

    /** @return its report, after that has changed a few times */
    private static String goesOnAt(Node node, String report) {
        for (int change = 0; change < 3; change++) {
            String before = report(node, report);
            await().until(() -> !report(node, report).equals(before));
        }
        return report(node, report);
    }

    private static String report(Node node, String report) {
        return node.textOf(CONTAINER, report);
    }
}
