package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that a container writes all the time move with it, of one moment with its memory. */
@Timeout(120)
class MovedFilesIT {
    private static final String CONTAINER = "writes";
    private static final long FILE_BYTES = 64L << 20;

    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    /** It writes through a mapping, which no time tells of, and ends if its file is not what it has written. */
    @Test
    void ofALargeMappedFileWhatHasChangedIsSentAgain() {
        Path bundle = stage.path("mapped");
        Programs.makeBundle("busybox", bundle.toString(), "--", "/bin/mapped", "/report", "/file", "64");
        Programs.compileWorkload("mapped", bundle.resolve("rootfs/bin/mapped"));
        a.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
        goesOnAt(a);

        a.run("migrate", CONTAINER, "--to", b.address(), "--insecure").succeeded();

        goesOnAt(b);
        assertThat(b.arrived(CONTAINER).resolve("rootfs/file")).hasSize(FILE_BYTES);
        JsonNode sent = a.run("migration", "list", "--format", "json")
                .succeeded()
                .events()
                .getFirst()
                .get(0)
                .path("report")
                .path("bytes");
        assertThat(sent.path("rootfs").asLong()).isBetween(FILE_BYTES, FILE_BYTES + (16 << 20));
        assertThat(sent.path("rootfs_blocks").asLong()).isBetween(8L << 12, 8L << 20);
    }

    /** Its report changes a few times, after the whole file has been checked once more. */
    private static void goesOnAt(Node node) {
        for (long first = checked(node), pages = FILE_BYTES >> 12; checked(node) < first + 2 * pages; ) {
            long before = checked(node);
            await().until(() -> checked(node) > before);
        }
    }

    /** Pages checked so far, -1 before it begins. */
    private static long checked(Node node) {
        String report = node.textOf(CONTAINER, "report");
        return report.isEmpty() ? -1 : Long.parseLong(report.replaceFirst("(?s).* checked (\\d+).*", "$1"));
    }
}
