package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.OddFiles;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filesystems in memory of a container that moves: those of its config go by themselves, others with CRIU's images. */
@Timeout(120)
class MemoryFilesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTAINER = "keeps";
    /** In a directory of which CRIU changes the times: a file without a name, one under another name than it was opened by, and a pipe with a name that holds a word. */
    private static final String HOLDS = """
            chown 7:8 /t && chmod 2751 /t || exit 1
            mkdir /t/held; exec 5<>/t/held/gone 6<>/t/held/first
            echo kept >&5; rm /t/held/gone
            ln /t/held/first /t/held/second; echo linked >&6; rm /t/held/first
            mkfifo /t/pipe; exec 7<>/t/pipe; echo word >&7
            echo below > /n/sub/file; echo above > /n/file
            echo ready > /report
            while :; do sleep 1000; done
            """;

    private static final String LISTING =
            "cd / && find t n ro late ! -path t/held -exec stat -c '%n %F %a %u %g %s %Y %h %t:%T' '{}' + | sort && cat n/file n/sub/file late/file";

    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a").serve("--insecure", "--allow-devices");
        b = stage.node("b").serve("--insecure", "--allow-devices");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void everythingIsThereAsItWas() throws IOException {
        run(a, HOLDS);
        OddFiles.makeIn(Path.of(root(a), "t"));
        inside(a, "mkdir /late && mount -t tmpfs -o size=1m later /late && echo later > /late/file");
        String files = inside(a, LISTING);
        List<String> mounts = mounts(a);
        assertThat(mounts).hasSize(6);

        a.run("migrate", CONTAINER, "--to", b.address(), "--insecure").succeeded();
        isAsItWas(b, files, mounts);
        b.run("migrate", CONTAINER, "--to", a.address(), "--insecure", "--rootfs", "copy")
                .succeeded();
        isAsItWas(a, files, mounts);
        assertThat(inside(a, "read -r word < /proc/1/fd/7; echo $word")).isEqualTo("word\n");
    }

    private static void isAsItWas(Node node, String files, List<String> mounts) {
        await().untilAsserted(() -> assertThat(node.remainsOfMigrations()).isEmpty());
        assertThat(inside(node, LISTING)).isEqualTo(files);
        OddFiles.areAllIn(Path.of(root(node), "t"));
        assertThat(mounts(node)).isEqualTo(mounts);
        assertThat(inside(node, "cat /proc/1/fd/5")).isEqualTo("kept\n");
        assertThat(inside(node, "cat /proc/1/fd/6 && test /proc/1/fd/6 -ef /t/held/second && df /t | tail -1"))
                .startsWith("linked\ncounted ");
    }

    /** What it has mounted in place of what was copied must not be lost. */
    @Test
    void aContainerThatChangesItsMountsMeanwhileStays() throws IOException {
        run(a, "echo ready > /report; sleep 1000");
        Programs.run("dd", "if=/dev/urandom", "bs=1M", "count=24", "of=" + root(a) + "/t/large");
        var migration = a.start("migrate", CONTAINER, "--to", b.address(), "--insecure", "--bandwidth", "16m");
        await().until(() -> landedAt(b));
        inside(a, "umount -l /t && mount -t tmpfs -o size=32m counted /t && echo other > /t/other");
        Said said = migration.ended();
        assertThat(said.err()).contains("has changed what is mounted at /t");
        assertThat(inside(a, "cat /t/other")).isEqualTo("other\n");
        await().untilAsserted(() -> assertThat(b.remainsOf(CONTAINER)).isEmpty());
    }

    private static boolean landedAt(Node node) {
        return node.landedMounts().stream()
                .flatMap(mounts -> Stream.of("0", "1").map(mounts::resolve))
                .anyMatch(mount -> Files.exists(mount.resolve("large")));
    }

    private void run(Node node, String script) throws IOException {
        Path bundle = stage.path("bundle");
        Programs.makeBundle("busybox", bundle.toString(), "--", "/bin/sh", "-c", script);
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ArrayNode mounts = (ArrayNode) config.path("mounts");
        mount(
                mounts,
                "/t",
                "counted",
                "size=32m",
                "nr_inodes=1k",
                "mode=750",
                "noexec",
                "noatime",
                "rprivate",
                "tmpcopyup");
        mount(mounts, "/n", "outer");
        mount(mounts, "/n/sub", "inner");
        mount(mounts, "/ro", "sealed", "ro");
        JSON.writeValue(file.toFile(), config);
        Files.createDirectory(bundle.resolve("rootfs/t"));
        Files.writeString(bundle.resolve("rootfs/t/from-the-image"), "copied up");
        node.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
        await().until(() -> node.textOf(CONTAINER, "report").equals("ready\n"));
    }

    private static void mount(ArrayNode mounts, String destination, String source, String... options) {
        ObjectNode mount = mounts.addObject();
        mount.put("destination", destination).put("type", "tmpfs").put("source", source);
        ArrayNode all = mount.putArray("options");
        for (String option : options) {
            all.add(option);
        }
    }

    private static int pid(Node node) {
        return node.pidOf(CONTAINER);
    }

    private static String root(Node node) {
        return "/proc/" + pid(node) + "/root";
    }

    private static String inside(Node node, String script) {
        return Programs.run(
                "nsenter", "--target", Integer.toString(pid(node)), "--mount", "--pid", "/bin/sh", "-c", script);
    }

    /** What programs see of them. */
    private static List<String> mounts(Node node) {
        return MountInfo.ofProcess(pid(node)).stream()
                .filter(mount -> Set.of("shm", "counted", "outer", "inner", "sealed", "later")
                        .contains(mount.source()))
                .map(mount -> String.join(
                        " ",
                        mount.mountPoint(),
                        mount.root(),
                        mount.options(),
                        String.join(" ", mount.optionalFields()),
                        mount.source(),
                        mount.superOptions()))
                .sorted()
                .toList();
    }
}
